namespace FaultLab.OfferingOrders;

/// <summary>How an order gets to OrderIngest.</summary>
internal enum Way
{
    /// <summary><c>POST /orders</c> and <c>POST /orders/batch</c>.</summary>
    Http,

    /// <summary>A file in the source's inbox.</summary>
    Inbox,

    /// <summary>A message in queue <c>erp-orders</c>.</summary>
    Queue,
}
