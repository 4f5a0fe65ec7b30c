using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.GuardingAccess;

namespace ProfileStoreSender.KeepingTheLedger;

/// <summary>What an operator may ask of the ledger. Never shows who bought.</summary>
internal static class LedgerRoutes
{
    private const int UsualPage = 50, LargestPage = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var deliveries = routes.MapGroup("/deliveries").RequireApiKey();
        deliveries.MapGet("", List);
        deliveries.MapGet("/summary", Summary);
        deliveries.MapGet("/{orderId:guid}", OfOrder);
    }

    private static async Task<Results<Ok<DeliveryPage>, ProblemHttpResult>> List(
        Ledger ledger, TimeProvider time, string? state, string? destination, string? after, int? limit, CancellationToken cancellationToken)
    {
        var wanted = state is null ? null : LedgerText.FindState(state);
        if (state is not null && wanted is null)
            return TypedResults.Problem($"state: '{state}' is none of {string.Join(", ", Enum.GetValues<DeliveryState>().Select(LedgerText.Of))}", statusCode: 400, title: "No such state");
        var cursor = ReadCursor(after);
        if (after is not null && cursor is null)
            return TypedResults.Problem("after: take the value of 'next' from the page before", statusCode: 400, title: "No such place in the list");
        var filter = new LedgerFilter(wanted, destination, cursor, Math.Clamp(limit ?? UsualPage, 1, LargestPage));
        var entries = await ledger.List(filter, cancellationToken);
        var now = time.GetUtcNow();
        return TypedResults.Ok(new DeliveryPage([.. entries.Select(entry => DeliveryRow.Of(entry, now))], entries.Count == filter.Limit ? WriteCursor(entries[^1]) : null));
    }

    private static async Task<Results<Ok<OrderDeliveries>, ProblemHttpResult>> OfOrder(Guid orderId, Ledger ledger, TimeProvider time, CancellationToken cancellationToken)
    {
        var entries = await ledger.OfOrder(orderId, cancellationToken);
        var now = time.GetUtcNow();
        return entries.Count == 0
            ? TypedResults.Problem("No destination has been asked to take this order yet.", statusCode: StatusCodes.Status404NotFound, title: "Not in the ledger")
            : TypedResults.Ok(new OrderDeliveries(orderId, [.. entries.Select(entry => DeliveryRow.Of(entry, now))]));
    }

    private static async Task<Ok<DeliverySummary>> Summary(Ledger ledger, CancellationToken cancellationToken)
    {
        var counts = await ledger.Summarize(cancellationToken);
        return TypedResults.Ok(new DeliverySummary(
            counts.GroupBy(count => count.Destination).ToDictionary(group => group.Key, group => group.ToDictionary(count => LedgerText.Of(count.State), count => count.Orders)),
            counts.Sum(count => count.Uncertain)));
    }

    private static string WriteCursor(LedgerEntry last) => $"{last.OrderId:N}-{last.Destination}";

    private static (Guid OrderId, string Destination)? ReadCursor(string? after) =>
        after?.Split('-', 2) is [var id, { Length: > 0 } destination] && Guid.TryParseExact(id, "N", out var orderId) ? (orderId, destination) : null;

    /// <summary>Answer of GET /deliveries/{orderId}.</summary>
    internal sealed record OrderDeliveries(Guid OrderId, IReadOnlyList<DeliveryRow> Deliveries);

    /// <summary>Answer of GET /deliveries: rows in the order of their keys.</summary>
    /// <param name="Deliveries">At most as many as asked for.</param>
    /// <param name="Next">For <c>after</c> of the next page; null on the last.</param>
    internal sealed record DeliveryPage(IReadOnlyList<DeliveryRow> Deliveries, string? Next);

    /// <summary>One order at one destination. Times are UTC; <c>answer</c> is the destination's text, or why nothing was sent.</summary>
    internal sealed record DeliveryRow(
        Guid OrderId, string Destination, string State, int Attempts, int Uncertain, bool MayHaveArrived, int? StatusCode, string? SuppressedBecause, string? Answer, string TrackId,
        DateTimeOffset FirstAt, DateTimeOffset UpdatedAt, DateTimeOffset? ClaimedAt, DateTimeOffset? SentAt)
    {
        public static DeliveryRow Of(LedgerEntry entry, DateTimeOffset now) => new(
            entry.OrderId, entry.Destination, LedgerText.Of(entry.StateAt(now)), entry.Attempts, entry.Uncertain, entry.MayHaveArrived && entry.State != DeliveryState.Accepted,
            entry.StatusCode, entry.SuppressedBecause is { } because ? LedgerText.Of(because) : null, entry.Answer, entry.TrackId, entry.FirstAt, entry.UpdatedAt, entry.ClaimedAt, entry.SentAt);
    }

    /// <summary>Answer of GET /deliveries/summary: orders by destination and state, and how many requests may have stored an event twice.</summary>
    internal sealed record DeliverySummary(IReadOnlyDictionary<string, Dictionary<string, long>> Destinations, long Uncertain);
}
