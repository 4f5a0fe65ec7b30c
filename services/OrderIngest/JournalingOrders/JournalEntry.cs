using System.Diagnostics;
using System.Text.Json;
using Contracts.OrderIngest;
using OrderIngest.IdentifyingOrders;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderIngest.JournalingOrders;

/// <summary>An order ready to be written down.</summary>
/// <param name="OrderId">Id of the sale.</param>
/// <param name="Order">The order; its key fields get columns of their own.</param>
/// <param name="ContentHash">Tells a repetition from a change.</param>
/// <param name="Body">The event as it will be published, JSON.</param>
/// <param name="ReceivedAt">UTC.</param>
/// <param name="TraceParent">W3C trace context of whoever brought the order: parent of everything that follows.</param>
internal sealed record JournalEntry(Guid OrderId, Order Order, byte[] ContentHash, string Body, DateTimeOffset ReceivedAt, string? TraceParent)
{
    public static JournalEntry Of(Order order, DateTimeOffset now)
    {
        var id = (SaleKey.Of(order) ?? throw new InvalidOperationException("an order passed the rules without a key")).OrderId;
        // PostgreSQL keeps microseconds; what is published and what is stored shall be the same instant.
        var receivedAt = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        var body = JsonSerializer.Serialize(new OrderReceived { OrderId = id, Order = order, ReceivedAt = receivedAt }, PlainJson.Options);
        return new(id, order, IdentifyingOrders.ContentHash.Of(order), body, receivedAt, Activity.Current?.Id);
    }
}

/// <summary>What the journal says to an order.</summary>
internal enum JournalAnswer
{
    /// <summary>Written down now; it will be published.</summary>
    Accepted,

    /// <summary>The same sale with the same content is there already; no second effect.</summary>
    Duplicate,

    /// <summary>The same sale is there with other content; the one that came first stands.</summary>
    Conflict,
}
