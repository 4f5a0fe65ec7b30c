using Contracts.OrderIngest;

namespace OrderIngest.IdentifyingOrders;

/// <summary>
/// A receipt on which goods were sold and goods came back becomes a sale and a return that name each other. The sale has the receipt's own id; the return's key
/// has a word behind it.
/// </summary>
internal static class Exchange
{
    /// <summary>The half with the other half's id: both follow from the receipt, so neither has to be known to make the other.</summary>
    public static Order Half(Order half)
    {
        // The return's key says so once it is known as one half: any id will do to ask for it.
        var other = half.Kind == OrderKind.Return ? half with { Kind = OrderKind.Sale } : half with { Kind = OrderKind.Return, ExchangeOrderId = Guid.Empty };
        return half with { ExchangeOrderId = SaleKey.Of(other)!.OrderId };
    }
}
