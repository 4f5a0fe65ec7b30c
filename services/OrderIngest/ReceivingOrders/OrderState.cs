using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;

namespace OrderIngest.ReceivingOrders;

/// <summary>Where an order is, as far as this service knows. OrderJourney knows the rest. Times are UTC.</summary>
/// <param name="OrderId">The sale's id.</param>
/// <param name="State"><c>journaled</c>, <c>published</c> or <c>acknowledged</c> (its journey has begun).</param>
/// <param name="ReceivedAt">When it was written into the journal.</param>
/// <param name="PublishedAt">When the broker confirmed it.</param>
/// <param name="AcknowledgedAt">When its journey was seen.</param>
/// <param name="Order">The order without anything about the customer.</param>
internal sealed record OrderState(
    Guid OrderId, [property: AllowedValues("journaled", "published", "acknowledged")] string State, DateTimeOffset ReceivedAt, DateTimeOffset? PublishedAt, DateTimeOffset? AcknowledgedAt, JsonNode? Order);
