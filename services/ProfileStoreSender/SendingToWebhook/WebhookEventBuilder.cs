using System.Text.Json;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using Contracts.ProfileStoreSender;
using ProfileStoreSender.SendingEvents;
using ServiceDefaults.ConnectingToTheBus;

namespace ProfileStoreSender.SendingToWebhook;

/// <summary>Turns an order and its customer into the body of a webhook. Pure: the same input gives the same bytes.</summary>
internal static class WebhookEventBuilder
{
    // Root of every id; never changes, or a receiver could take an order for a new one.
    private static readonly Guid Ids = new("d1f4a2e6-7c3b-5b1d-9a58-2e6c0f94b7a3");

    /// <summary>The event and its id, which is the header <c>webhook-id</c> of every attempt.</summary>
    public static BuiltEvent Build(Guid orderId, Order order, Customer customer)
    {
        var built = new WebhookEvent
        {
            Type = order.Kind == OrderKind.Return ? WebhookEvent.Returned : WebhookEvent.Purchased,
            Timestamp = order.OccurredAt.UtcDateTime,
            // When the provider was asked is no part of the order: a second look-up would change the body under the same id.
            Data = new() { OrderId = orderId, Order = order, Customer = customer with { ConsentSeenAt = null, StatusSeenAt = null } },
        };
        return new(NameBasedId.Create(Ids, $"{orderId:D}|{Destinations.Webhook}|{built.Type}").ToString("D"), JsonSerializer.SerializeToUtf8Bytes(built, PlainJson.Options));
    }
}
