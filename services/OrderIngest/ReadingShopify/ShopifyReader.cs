using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingShopify;

/// <summary>
/// Shopify's orders and refunds (Admin API and webhooks). A sale counts once it is paid; a refund is a return that names its order. Both are known by Shopify's
/// own ids.
/// </summary>
internal sealed class ShopifyReader(OrderRules rules, IOptions<OrderIngestOptions> options) : JsonReceiptReader(rules, options)
{
    /// <summary>What the web shop is called by its number.</summary>
    private const string WebShop = "580111";

    private static readonly FrozenSet<string> Paid = new[] { "paid", "partially_refunded", "refunded" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    protected override FrozenSet<string> Wrappers { get; } = new[] { "orders", "order", "refunds", "refund" }.ToFrozenSet(StringComparer.Ordinal);

    protected override IEnumerable<(Receipt? Receipt, string? Skipped)> Receipts(JsonPart document)
    {
        if (document.Has("refund_line_items"))
        {
            yield return ShopifyRefund.Read(document, null);
            yield break;
        }
        // Parts of an order have lines too; without these two it is a piece of a damaged file, or something else.
        if (document.Text("id") is null || document.Text("total_price", "current_total_price") is null)
        {
            document.Faults.Add(new(document.Path, "is neither an order (id and total_price) nor a refund (refund_line_items)"));
            yield return (null, null);
            yield break;
        }
        if (WhyNoSale(document) is { } skipped)
        {
            yield return (null, skipped);
            yield break;
        }
        var sale = ShopifyOrder.Read(document);
        yield return sale.Lines.Count == 0 ? (null, "an order without goods") : (sale, null);
        foreach (var refund in document.Parts("refunds"))
            yield return ShopifyRefund.Read(refund, document);
    }

    private static string? WhyNoSale(JsonPart order)
    {
        if (order.IsTrue("test"))
            return "test";
        if (order.Text("cancelled_at") is not null)
            return "cancelled";
        if (order.Text("financial_status") is { } status && !Paid.Contains(status))
            return $"financial status {status}";
        // The web site tells the profile store itself.
        return ShopifyOrder.Store(order) is null && order.Text("source_name") is "web" or WebShop ? "sold by the web shop, not in a store" : null;
    }
}
