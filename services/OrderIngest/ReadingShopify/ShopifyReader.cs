using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingShopify;

/// <summary>
/// Shopify's orders and refunds (Admin API and webhooks). A sale counts once it is paid; a refund is a return that names its order. Both are known by Shopify's
/// own ids. A refund document does not say where it took place: its lines or its payment do, else the configured store.
/// </summary>
internal sealed class ShopifyReader(OrderRules rules, IOptions<OrderIngestOptions> options) : JsonReceiptReader(rules, options)
{
    private static readonly FrozenSet<string> Paid = new[] { "paid", "partially_refunded", "refunded" }.ToFrozenSet(StringComparer.Ordinal);

    protected override FrozenSet<string> Wrappers { get; } = new[] { "orders", "order", "refunds", "refund" }.ToFrozenSet(StringComparer.Ordinal);

    protected override IEnumerable<(Receipt? Receipt, string? Skipped)> Receipts(JsonPart document)
    {
        var order = document.Part("order") ?? document.Part("refund") ?? document;
        if (order.Has("refund_line_items"))
        {
            yield return Refund(order, null);
            yield break;
        }
        yield return Order(order);
        foreach (var refund in order.Parts("refunds"))
            yield return Refund(refund, order);
    }

    private static (Receipt? Receipt, string? Skipped) Order(JsonPart order)
    {
        if (order.IsTrue("test"))
            return (null, "test");
        if (order.Has("cancelled_at"))
            return (null, "cancelled");
        if (order.Text("financial_status") is { } status && !Paid.Contains(status))
            return (null, $"financial status {status}");
        var receipt = new Receipt
        {
            StoreId = order.Text("location_id"),
            RegisterId = order.Text("device_id"),
            OrderNumber = order.Text("id"),
            OccurredAt = Time(order.Text("processed_at", "created_at")),
            Currency = order.Text("currency"),
            PricesIncludeTax = order.IsTrue("taxes_included"),
            Net = order.Text("total_tax") is not null && order.Number("total_price") is { } paid ? paid - order.Number("total_tax") : null,
            Tax = order.Number("total_tax"),
            Discount = order.Number("total_discounts") is { } discount and not 0 ? discount : null,
            Gross = order.Number("total_price"),
            Email = order.Text("email", "contact_email") ?? order.Part("customer")?.Text("email"),
            Phone = order.Text("phone") ?? order.Part("customer")?.Text("phone"),
            CustomerNumber = order.Part("customer")?.Text("id"),
        };
        foreach (var line in order.Parts("line_items"))
            receipt.Lines.Add(Line(line, receipt.Lines.Count + 1, line.Number("quantity"), null));
        return receipt.Lines.Count == 0 ? (null, "an order without goods") : (receipt, null);
    }

    private static (Receipt? Receipt, string? Skipped) Refund(JsonPart refund, JsonPart? order)
    {
        var payments = refund.Parts("transactions");
        if (payments.Any(payment => payment.IsTrue("test")))
            return (null, "test");
        var receipt = new Receipt
        {
            IsReturn = true,
            OrderNumber = $"refund {refund.Text("id")}",
            OccurredAt = Time(refund.Text("processed_at", "created_at")),
            StoreId = payments.Select(payment => payment.Text("location_id")).FirstOrDefault(id => id is not null) ?? order?.Text("location_id"),
            RegisterId = payments.Select(payment => payment.Text("device_id")).FirstOrDefault(id => id is not null),
            Currency = payments.Select(payment => payment.Text("currency")).FirstOrDefault(code => code is not null) ?? order?.Text("currency"),
            PricesIncludeTax = order?.IsTrue("taxes_included") ?? false,
            Gross = payments.Count == 0 ? null : payments.Where(payment => payment.Text("kind") == "refund" && payment.Text("status") is null or "success").Sum(payment => payment.Number("amount") ?? 0),
            OriginalReceiptNumber = order?.Text("id") ?? refund.Text("order_id"),
            Email = order?.Text("email", "contact_email"),
            Phone = order?.Text("phone"),
            CustomerNumber = order?.Part("customer")?.Text("id"),
        };
        foreach (var back in refund.Parts("refund_line_items"))
        {
            var line = Line(back.Part("line_item") ?? back, receipt.Lines.Count + 1, back.Number("quantity"), back);
            receipt.StoreId ??= back.Text("location_id");
            receipt.Lines.Add(line);
        }
        return receipt.Lines.Count == 0 ? (null, "a refund without goods") : (receipt, null);
    }

    private static ReceiptLine Line(JsonPart line, int number, decimal? quantity, JsonPart? refunded)
    {
        var (price, discount) = (line.Number("price"), line.Number("total_discount") ?? 0);
        // Discounts of the whole order are only in the allocations; those of the line are in both.
        var allocated = line.Parts("discount_allocations").Sum(part => part.Number("amount") ?? 0);
        discount = Math.Max(discount, allocated);
        var rates = line.Parts("tax_lines").Select(tax => tax.Number("rate")).ToList();
        return new()
        {
            Place = line.Path,
            Number = $"{number}",
            Sku = line.Text("sku") ?? line.Text("variant_id", "product_id", "title"),
            Description = line.Text("name", "title"),
            Quantity = quantity,
            UnitPrice = price,
            Discount = refunded is null ? discount : null,
            Total = refunded is null ? price * quantity - discount : refunded.Number("subtotal") ?? price * quantity,
            TaxAmount = refunded is null ? line.Parts("tax_lines").Sum(tax => tax.Number("price") ?? 0) : refunded.Number("total_tax"),
            TaxRate = rates is [{ } rate] ? rate * 100 : null,
        };
    }

    // Shopify's word for UTC where it does not know the zone.
    private static string? Time(string? time) => time?.Replace("-00:00", "+00:00", StringComparison.Ordinal);
}
