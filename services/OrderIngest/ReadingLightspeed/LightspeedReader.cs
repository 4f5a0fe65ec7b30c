using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingLightspeed;

/// <summary>
/// Lightspeed X (Vend) sales. Only closed ones count; amounts are without tax, which is on top. A return repeats the invoice number of its sale, so the id is the
/// key; it is known by <c>return_for</c>, or only by negative quantities. The currency is nowhere in these documents: it is the source's.
/// </summary>
internal sealed class LightspeedReader(OrderRules rules, IOptions<OrderIngestOptions> options) : JsonReceiptReader(rules, options)
{
    private static readonly FrozenSet<string> Closed = new[] { "CLOSED", "LAYBYCLOSED", "ONACCOUNTCLOSED", "DISPATCHEDCLOSED", "PICKEDUPCLOSED", "SERVICECLOSED" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    protected override FrozenSet<string> Wrappers { get; } = new[] { "register_sales", "sales", "data" }.ToFrozenSet(StringComparer.Ordinal);

    protected override IEnumerable<(Receipt? Receipt, string? Skipped)> Receipts(JsonPart document) => [Sale(document)];

    private static (Receipt? Receipt, string? Skipped) Sale(JsonPart sale)
    {
        if (sale.Text("id") is null || sale.Text("status", "state") is not { } status)
        {
            sale.Faults.Add(new(sale.Path, "is no sale: it has no id or no status"));
            return (null, null);
        }
        if (sale.Text("deleted_at") is not null)
            return (null, "deleted");
        if (!Closed.Contains(status.Replace("_", "", StringComparison.Ordinal)))
            return (null, $"status {status}");
        var (totals, register) = (sale.Part("totals"), sale.Text("register_id") ?? sale.Part("source")?.Text("register_id"));
        var receipt = new Receipt
        {
            MayHaveBusinessDate = false,
            OrderNumber = sale.Text("id"),
            StoreId = sale.Text("outlet_id") ?? register,
            RegisterId = register,
            OccurredAt = Time(sale.Text("sale_date", "date", "created_at")),
            PricesIncludeTax = false,
            Net = totals?.Number("total_price") ?? sale.Number("total_price"),
            Tax = totals?.Number("total_tax") ?? sale.Number("total_tax"),
            OriginalOrderNumber = sale.Text("return_for"),
        };
        if (sale.Part("customer") is { } customer && !"WALKIN".Equals(customer.Text("customer_code"), StringComparison.OrdinalIgnoreCase))
            (receipt.CustomerNumber, receipt.Email, receipt.Phone) = (customer.Text("customer_code", "id"), customer.Text("email"), customer.Text("mobile", "phone"));
        // The tax is kept with more decimals than can be paid.
        receipt.Gross = receipt.Net is { } net ? decimal.Round(net + (receipt.Tax ?? 0), 2, MidpointRounding.AwayFromZero) : null;
        foreach (var line in Lines(sale))
        {
            // Left over from counting down to nothing.
            if (line.Number("quantity") is not 0)
                receipt.Lines.Add(Line(line, receipt.Lines.Count + 1));
        }
        // Signs on the lines say it better: an exchange for something cheaper costs less than nothing, too.
        receipt.IsReturn = receipt.OriginalOrderNumber is not null && receipt.Gross <= 0 && !receipt.Lines.Exists(line => line.Quantity < 0 || line.Total < 0);
        return receipt.Lines.Count == 0 ? (null, "a sale without goods") : (receipt, null);
    }

    private static IReadOnlyList<JsonPart> Lines(JsonPart sale) => sale.Parts("register_sale_products") is { Count: > 0 } lines ? lines : sale.Parts("line_items");

    private static ReceiptLine Line(JsonPart line, int number)
    {
        // The newest version has parts of their own for these.
        var (pricing, product) = (line.Part("pricing") ?? line, line.Part("product"));
        var (quantity, price, discount) = (line.Number("quantity"), pricing.Number("price", "unit_price"), pricing.Number("discount", "unit_discount") ?? 0);
        var total = line.Number("price_total", "total_price") ?? price * quantity;
        // The price is mostly what is left after the discount of one piece; the total tells.
        if (price is { } left && (total is null || Math.Abs(left * (quantity ?? 1) - total.Value) <= Math.Abs((left - discount) * (quantity ?? 1) - total.Value)))
            price = left + discount;
        return new()
        {
            Place = line.Path,
            Number = $"{number}",
            IsReturn = line.IsTrue("is_return"),
            Sku = line.Text("sku", "product_sku", "product_id") ?? product?.Text("sku", "id"),
            Description = product?.Text("name") ?? line.Text("name"),
            Quantity = quantity,
            UnitPrice = price,
            Discount = discount > 0 ? discount * Math.Abs(quantity ?? 1) : 0,
            TaxAmount = line.Number("tax_total", "total_tax") ?? (line.Part("tax")?.Number("amount") ?? line.Number("tax", "unit_tax")) * quantity,
            Total = total,
        };
    }

    // Without an offset these are UTC.
    private static string? Time(string? time) => time is { Length: >= 19 } && !time.EndsWith('Z') && time.AsSpan(19).IndexOfAny('+', '-') < 0 ? $"{time}Z" : time;
}
