using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingSquare;

/// <summary>
/// Square's orders. Only a completed one counts, whatever its payments say. Money is in the currency's smallest unit. Goods that came back stand in
/// <c>returns</c>, positive, and their order total is 0.
/// </summary>
internal sealed class SquareReader(OrderRules rules, IOptions<OrderIngestOptions> options) : JsonReceiptReader(rules, options)
{
    private static readonly FrozenSet<string> WithoutDecimals = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF UGX UYI VND VUV XAF XOF XPF".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> WithThreeDecimals = "BHD IQD JOD KWD LYD OMR TND".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    protected override FrozenSet<string> Wrappers { get; } = new[] { "orders", "order" }.ToFrozenSet(StringComparer.Ordinal);

    protected override IEnumerable<(Receipt? Receipt, string? Skipped)> Receipts(JsonPart document)
    {
        var order = document.Part("order") ?? document;
        if (order.Text("state") is not "COMPLETED")
        {
            yield return (null, $"state {order.Text("state") ?? "missing"}");
            yield break;
        }
        var tenders = order.Parts("tenders");
        var receipt = new Receipt
        {
            OrderNumber = order.Text("id"),
            StoreId = order.Text("location_id") ?? tenders.Select(tender => tender.Text("location_id")).FirstOrDefault(id => id is not null),
            OccurredAt = order.Text("closed_at", "updated_at", "created_at"),
            CustomerNumber = order.Text("customer_id") ?? tenders.Select(tender => tender.Text("customer_id")).FirstOrDefault(id => id is not null),
            Currency = Currencies(order).FirstOrDefault(code => code is not null),
            Tax = Money(order.Part("net_amounts")?.Part("tax_money") ?? order.Part("total_tax_money")),
            Discount = Money(order.Part("total_discount_money")) is { } discount and not 0 ? discount : null,
            Rounding = Money(order.Part("rounding_adjustment")?.Part("amount_money")),
        };
        foreach (var line in order.Parts("line_items"))
            receipt.Lines.Add(Line(line, receipt.Lines.Count + 1, isReturn: false));
        foreach (var returned in order.Parts("returns"))
        {
            receipt.OriginalReceiptNumber ??= returned.Text("source_order_id");
            foreach (var line in returned.Parts("return_line_items"))
                receipt.Lines.Add(Line(line, receipt.Lines.Count + 1, isReturn: true));
        }
        if (receipt.Lines.Count == 0)
        {
            yield return (null, "an order without goods");
            yield break;
        }
        receipt.IsReturn = receipt.Lines.TrueForAll(line => line.IsReturn);
        receipt.Gross = receipt.IsReturn
            ? Money(order.Part("return_amounts")?.Part("total_money"))
            : Money(order.Part("net_amounts")?.Part("total_money") ?? order.Part("total_money"));
        if (receipt.IsReturn)
            receipt.Tax = Money(order.Part("return_amounts")?.Part("tax_money"));
        yield return (receipt, null);
    }

    private static ReceiptLine Line(JsonPart line, int number, bool isReturn)
    {
        var quantity = line.Number("quantity");
        // What the article costs with its modifiers: 0 and a modifier of 265 is how some sell.
        var gross = Money(line.Part("gross_sales_money") ?? line.Part("gross_return_money"));
        return new()
        {
            Place = line.Path,
            Number = $"{number}",
            IsReturn = isReturn,
            Sku = line.Text("sku", "catalog_object_id", "name", "item_type"),
            Description = string.Join(", ", new[] { line.Text("name"), line.Text("variation_name") }.OfType<string>()) is { Length: > 0 } name ? name : null,
            Quantity = quantity,
            Unit = line.Part("quantity_unit")?.Part("measurement_unit")?.Text("weight_unit", "length_unit", "volume_unit", "area_unit", "generic_unit"),
            UnitPrice = quantity is { } pieces and not 0 && gross is { } sum ? decimal.Round(sum / pieces, 4) : Money(line.Part("base_price_money")),
            Discount = Money(line.Part("total_discount_money")),
            TaxAmount = Money(line.Part("total_tax_money")),
            Total = Money(line.Part("total_money")) ?? gross,
        };
    }

    private static IEnumerable<string?> Currencies(JsonPart order) => new[]
        {
            order.Part("total_money"), order.Part("net_amounts")?.Part("total_money"), order.Part("return_amounts")?.Part("total_money"),
        }
        .Concat(order.Parts("line_items").Select(line => line.Part("total_money"))).Select(money => money?.Text("currency"));

    private static decimal? Money(JsonPart? money)
    {
        if (money?.Number("amount") is not { } amount)
            return null;
        var currency = money.Text("currency") ?? "";
        return WithoutDecimals.Contains(currency) ? amount : amount / (WithThreeDecimals.Contains(currency) ? 1000 : 100);
    }
}
