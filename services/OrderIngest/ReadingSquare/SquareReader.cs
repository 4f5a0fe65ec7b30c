using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingSquare;

/// <summary>
/// Square's orders. Only a completed one counts, whatever its payments say. Goods that came back stand in <c>returns</c>, positive, and their order's total is 0.
/// </summary>
internal sealed class SquareReader(OrderRules rules, IOptions<OrderIngestOptions> options) : JsonReceiptReader(rules, options)
{
    protected override FrozenSet<string> Wrappers { get; } = new[] { "orders", "order" }.ToFrozenSet(StringComparer.Ordinal);

    protected override IEnumerable<(Receipt? Receipt, string? Skipped)> Receipts(JsonPart document) => [Order(document)];

    private static (Receipt? Receipt, string? Skipped) Order(JsonPart order)
    {
        // Parts of an order have a state too; without these two it is a piece of a damaged file, or something else.
        if (order.Text("id") is null || order.Text("state") is not { } state)
        {
            order.Faults.Add(new(order.Path, "is no order: it has no id or no state"));
            return (null, null);
        }
        if (state != "COMPLETED")
            return (null, $"state {state}");
        var tenders = order.Parts("tenders");
        var receipt = new Receipt
        {
            MayHaveBusinessDate = false,
            OrderNumber = order.Text("id"),
            StoreId = order.Text("location_id") ?? First(tenders, "location_id"),
            OccurredAt = order.Text("closed_at", "updated_at", "created_at"),
            CustomerNumber = order.Text("customer_id") ?? First(tenders, "customer_id"),
            Currency = Currencies(order).FirstOrDefault(code => code is not null),
            Discount = SquareMoney.Of(order.Part("total_discount_money")) is { } discount and not 0 ? discount : null,
            Rounding = SquareMoney.Of(order.Part("rounding_adjustment")?.Part("amount_money")),
        };
        foreach (var line in order.Parts("line_items"))
            receipt.Lines.Add(SquareLine.Read(line, receipt.Lines.Count + 1, isReturn: false));
        foreach (var returned in order.Parts("returns"))
        {
            receipt.OriginalOrderNumber ??= returned.Text("source_order_id");
            foreach (var line in returned.Parts("return_line_items"))
                receipt.Lines.Add(SquareLine.Read(line, receipt.Lines.Count + 1, isReturn: true));
        }
        if (receipt.Lines.Count == 0)
            return (null, "an order without goods");
        Totals(order, receipt);
        return (receipt, null);
    }

    private static void Totals(JsonPart order, Receipt receipt)
    {
        receipt.PricesIncludeTax = SquareLine.TakeTaxOff(receipt.Lines);
        receipt.IsReturn = receipt.Lines.TrueForAll(line => line.IsReturn);
        var amounts = receipt.IsReturn ? order.Part("return_amounts") : null;
        var net = order.Part("net_amounts");
        receipt.Gross = SquareMoney.Of(amounts?.Part("total_money")) ?? (receipt.IsReturn ? null : SquareMoney.Of(order.Part("total_money") ?? net?.Part("total_money")));
        receipt.Tax = SquareMoney.Of(amounts?.Part("tax_money")) ?? (receipt.IsReturn ? null : SquareMoney.Of(order.Part("total_tax_money") ?? net?.Part("tax_money")));
        receipt.Net = receipt.Gross - receipt.Tax;
    }

    private static string? First(IReadOnlyList<JsonPart> tenders, string name) => tenders.Select(tender => tender.Text(name)).FirstOrDefault(text => text is not null);

    private static IEnumerable<string?> Currencies(JsonPart order) => new[]
        {
            order.Part("total_money"), order.Part("net_amounts")?.Part("total_money"), order.Part("return_amounts")?.Part("total_money"),
        }
        .Concat(order.Parts("line_items").Concat(order.Parts("returns").SelectMany(returned => returned.Parts("return_line_items"))).Select(line => line.Part("total_money") ?? line.Part("base_price_money")))
        .Concat(order.Parts("tenders").Select(tender => tender.Part("amount_money"))).Select(money => money?.Text("currency"));
}
