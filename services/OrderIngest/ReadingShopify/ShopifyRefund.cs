using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingShopify;

/// <summary>
/// A refund with goods: a return that names its order. Alone, as a webhook sends it, it knows neither customer nor whether prices include tax; inside of its order
/// it takes them from there. Where it took place its payment says, or its lines, else the order.
/// </summary>
internal static class ShopifyRefund
{
    public static (Receipt? Receipt, string? Skipped) Read(JsonPart refund, JsonPart? order)
    {
        var payments = refund.Parts("transactions");
        if (payments.Any(payment => payment.IsTrue("test")))
            return (null, "test");
        if (refund.Text("id") is null)
        {
            refund.Fault("id", "is required");
            return (null, null);
        }
        var paid = payments.Where(payment => payment.Text("kind") is null or "refund" && payment.Text("status") is null or "success").ToList();
        if (payments.Count > 0 && paid.Count == 0)
            return (null, "a refund that was not paid out");
        var receipt = new Receipt
        {
            MayHaveBusinessDate = false,
            IsReturn = true,
            OrderNumber = $"refund {refund.Text("id")}",
            OccurredAt = ShopifyOrder.Time(refund.Text("processed_at", "created_at")),
            StoreId = First(payments, "location_id"),
            RegisterId = First(payments, "device_id"),
            Currency = First(payments, "currency") ?? order?.Text("currency") ?? InLines(refund),
            PricesIncludeTax = order?.IsTrue("taxes_included") ?? false,
            Gross = paid.Count == 0 ? null : paid.Sum(payment => payment.Number("amount") ?? 0),
            OriginalOrderNumber = order?.Text("id") ?? refund.Text("order_id"),
        };
        if (order is not null)
            ShopifyOrder.Customer(receipt, order);
        foreach (var back in refund.Parts("refund_line_items"))
        {
            receipt.StoreId ??= back.Text("location_id");
            if (back.Number("quantity") is not 0)
                receipt.Lines.Add(Line(back, receipt.Lines.Count + 1));
        }
        receipt.StoreId ??= order is null ? null : ShopifyOrder.Store(order);
        return receipt.Lines.Count == 0 ? (null, "a refund without goods") : (receipt, null);
    }

    // The line that it was sold with counts all of its pieces; what came back stands beside it.
    private static ReceiptLine Line(JsonPart back, int number)
    {
        var line = ShopifyOrder.Line(back.Part("line_item") ?? back, number, back.Number("quantity"));
        // Old documents say only what the whole line was taxed with.
        var isWhole = back.Part("line_item")?.Number("quantity") == line.Quantity;
        (line.Sku, line.TaxAmount) = (line.Sku ?? back.Text("line_item_id"), back.Number("total_tax") ?? (isWhole ? line.TaxAmount : null));
        (line.Total, line.Discount) = (back.Number("subtotal") ?? line.UnitPrice * line.Quantity, null);
        if (line is { UnitPrice: { } price, Quantity: { } pieces, Total: { } total } && price * pieces > total)
            line.Discount = price * pieces - total;
        return line;
    }

    private static string? First(IReadOnlyList<JsonPart> payments, string name) => payments.Select(payment => payment.Text(name)).FirstOrDefault(text => text is not null);

    private static string? InLines(JsonPart refund) => refund.Parts("refund_line_items").SelectMany(line => new[] { line.Part("total_tax_set"), line.Part("subtotal_set") })
        .Select(money => money?.Part("shop_money")?.Text("currency_code")).FirstOrDefault(code => code is not null and not "XXX");
}
