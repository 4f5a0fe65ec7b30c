using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.GuardingAccess;

namespace ProfileStoreSender.KeepingTheLedger;

/// <summary>What an operator may ask of the ledger.</summary>
internal static class LedgerRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var deliveries = routes.MapGroup("/deliveries").RequireApiKey();
        deliveries.MapGet("/summary", Summary);
        deliveries.MapGet("/{orderId:guid}", OfOrder);
    }

    private static async Task<Results<Ok<OrderDeliveries>, ProblemHttpResult>> OfOrder(Guid orderId, Ledger ledger, CancellationToken cancellationToken)
    {
        var entries = await ledger.OfOrder(orderId, cancellationToken);
        return entries.Count == 0
            ? TypedResults.Problem("No destination has been asked to take this order yet.", statusCode: StatusCodes.Status404NotFound, title: "Not in the ledger")
            : TypedResults.Ok(new OrderDeliveries(orderId, [.. entries.Select(entry => new DeliveryRow(
                entry.Destination, LedgerText.Of(entry.State), entry.Attempts, entry.Uncertain, entry.MayHaveArrived && entry.State != DeliveryState.Accepted, entry.StatusCode,
                entry.SuppressedBecause is { } because ? LedgerText.Of(because) : null, entry.Answer, entry.TrackId, entry.FirstAt, entry.UpdatedAt, entry.ClaimedAt))]));
    }

    private static async Task<Ok<DeliverySummary>> Summary(Ledger ledger, CancellationToken cancellationToken)
    {
        var counts = await ledger.Summarize(cancellationToken);
        return TypedResults.Ok(new DeliverySummary(
            counts.GroupBy(count => count.Destination).ToDictionary(group => group.Key, group => group.ToDictionary(count => LedgerText.Of(count.State), count => count.Orders)),
            counts.Sum(count => count.Uncertain)));
    }

    /// <summary>Answer of GET /deliveries/{orderId}.</summary>
    internal sealed record OrderDeliveries(Guid OrderId, IReadOnlyList<DeliveryRow> Deliveries);

    /// <summary>One destination. Times are UTC; <c>answer</c> is the destination's text, or why nothing was sent.</summary>
    internal sealed record DeliveryRow(
        string Destination, string State, int Attempts, int Uncertain, bool MayHaveArrived, int? StatusCode, string? SuppressedBecause, string? Answer, string TrackId,
        DateTimeOffset FirstAt, DateTimeOffset UpdatedAt, DateTimeOffset? ClaimedAt);

    /// <summary>Answer of GET /deliveries/summary: orders by destination and state, and how many requests may have stored an event twice.</summary>
    internal sealed record DeliverySummary(IReadOnlyDictionary<string, Dictionary<string, long>> Destinations, long Uncertain);
}
