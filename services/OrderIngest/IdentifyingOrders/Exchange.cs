using Contracts.OrderIngest;

namespace OrderIngest.IdentifyingOrders;

/// <summary>A receipt on which goods were sold and goods came back becomes a sale and a return that name each other. The sale has the receipt's own id.</summary>
internal static class Exchange
{
    public static (Order Sale, Order Return) Link(Order sale, Order back)
    {
        // The return's key says so once it is known as one half: any id will do until then.
        var half = back with { ExchangeOrderId = Guid.Empty };
        var (saleId, returnId) = (SaleKey.Of(sale)!.OrderId, SaleKey.Of(half)!.OrderId);
        return (sale with { ExchangeOrderId = returnId }, half with { ExchangeOrderId = saleId });
    }
}
