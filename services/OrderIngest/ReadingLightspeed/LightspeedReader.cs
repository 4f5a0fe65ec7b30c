using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingLightspeed;

/// <summary>
/// Lightspeed X (Vend) sales. Only closed ones count; amounts are without tax, which is on top. A return repeats the invoice number of its sale, so the id is the
/// key; it is known by <c>return_for</c>, or only by negative quantities.
/// </summary>
internal sealed class LightspeedReader(OrderRules rules, IOptions<OrderIngestOptions> options) : JsonReceiptReader(rules, options)
{
    private static readonly FrozenSet<string> Closed = new[] { "CLOSED", "LAYBY_CLOSED", "ONACCOUNT_CLOSED", "DISPATCHED_CLOSED", "PICKED_UP_CLOSED", "SERVICE_CLOSED" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    protected override FrozenSet<string> Wrappers { get; } = new[] { "register_sales", "sales", "data" }.ToFrozenSet(StringComparer.Ordinal);

    protected override IEnumerable<(Receipt? Receipt, string? Skipped)> Receipts(JsonPart document) => [Sale(document)];

    private static (Receipt? Receipt, string? Skipped) Sale(JsonPart sale)
    {
        if (sale.Has("deleted_at"))
            return (null, "deleted");
        if (sale.Text("status") is not { } status || !Closed.Contains(status))
            return (null, $"status {sale.Text("status") ?? "missing"}");
        var customer = sale.Part("customer");
        var isNobody = customer?.Text("customer_code") is { } code && code.Equals("WALKIN", StringComparison.OrdinalIgnoreCase);
        var totals = sale.Part("totals");
        var receipt = new Receipt
        {
            OrderNumber = sale.Text("id"),
            StoreId = sale.Text("outlet_id") ?? sale.Text("register_id"),
            RegisterId = sale.Text("register_id"),
            OccurredAt = Time(sale.Text("sale_date", "created_at")),
            PricesIncludeTax = false,
            Net = totals?.Number("total_price") ?? sale.Number("total_price"),
            Tax = totals?.Number("total_tax") ?? sale.Number("total_tax"),
            CustomerNumber = isNobody ? null : customer?.Text("customer_code"),
            Email = isNobody ? null : customer?.Text("email"),
            Phone = isNobody ? null : customer?.Text("mobile", "phone"),
            OriginalReceiptNumber = sale.Text("return_for"),
        };
        // The tax is kept with more decimals than can be paid.
        receipt.Gross = receipt.Net is { } net ? decimal.Round(net + (receipt.Tax ?? 0), 2, MidpointRounding.AwayFromZero) : null;
        foreach (var line in Lines(sale))
            receipt.Lines.Add(Line(line, receipt.Lines.Count + 1));
        // Left over from counting down to nothing.
        receipt.Lines.RemoveAll(line => line.Quantity == 0);
        receipt.IsReturn = receipt.OriginalReceiptNumber is not null && receipt.Gross <= 0;
        return receipt.Lines.Count == 0 ? (null, "a sale without goods") : (receipt, null);
    }

    private static IReadOnlyList<JsonPart> Lines(JsonPart sale) => sale.Parts("register_sale_products") is { Count: > 0 } lines ? lines : sale.Parts("line_items");

    private static ReceiptLine Line(JsonPart line, int number)
    {
        var quantity = line.Number("quantity");
        return new()
        {
            Place = line.Path,
            Number = $"{number}",
            IsReturn = line.IsTrue("is_return"),
            Sku = line.Text("sku", "product_sku", "product_id"),
            Description = line.Part("product")?.Text("name") ?? line.Text("name"),
            Quantity = quantity,
            UnitPrice = line.Number("price"),
            Discount = 0,
            TaxAmount = line.Number("tax_total", "total_tax") ?? line.Number("tax") * quantity,
            Total = line.Number("price_total", "total_price") ?? line.Number("price") * quantity,
        };
    }

    // Without an offset these are UTC.
    private static string? Time(string? time) => time is { Length: 19 } ? $"{time}Z" : time;
}
