namespace OrderIngest.ReceivingOrders;

/// <summary>Answer to an accepted order.</summary>
/// <param name="OrderId">The sale's id; the same sale always gets the same.</param>
/// <param name="Duplicate">True when the same sale with the same content was accepted before.</param>
internal sealed record AcceptedOrder(Guid OrderId, bool Duplicate);
