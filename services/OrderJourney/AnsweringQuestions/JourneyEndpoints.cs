using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OrderJourney.ClaimingReceipts;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;
using ServiceDefaults.GuardingAccess;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.AnsweringQuestions;

/// <summary>Where is my order? Never shows who bought.</summary>
internal static class JourneyEndpoints
{
    private const int LargestPage = 500, MostKnown = 5000;

    public static void MapJourneys(this IEndpointRouteBuilder routes)
    {
        var journeys = routes.MapGroup("/journeys").RequireApiKey();
        journeys.MapGet("/{orderId:guid}", Get).WithName("GetJourney");
        journeys.MapGet("", List).WithName("ListJourneys");
        journeys.MapGet("/summary", Summarise).WithName("SummariseJourneys");
        journeys.MapPost("/known", Known).WithName("KnownJourneys");
        journeys.MapPost("/{orderId:guid}/retry", Retry).WithName("RetryJourney");
        journeys.MapClaims();
    }

    private static async Task<Results<Ok<JourneyView>, ProblemHttpResult>> Get(
        Guid orderId, IJourneyTable table, IJourneyQueries queries, [FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database, CancellationToken cancellationToken)
    {
        var found = await database.RunPatiently(token => table.Load([orderId], token), cancellationToken);
        if (!found.TryGetValue(orderId, out var journey))
            return NoJourney(orderId);
        var timeline = await database.RunPatiently(token => queries.Timeline(orderId, token), cancellationToken);
        return TypedResults.Ok(JourneyView.Of(journey, timeline));
    }

    private static async Task<Results<Ok<JourneyPage>, ProblemHttpResult>> List(
        IJourneyQueries queries, [FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database,
        string? state, string? store, string? q, DateOnly? from, DateOnly? to, string? after, int? limit, bool? cardMoved, CancellationToken cancellationToken)
    {
        var known = state is null ? null : JourneyState.All.FirstOrDefault(name => name.Equals(state, StringComparison.OrdinalIgnoreCase));
        if (state is not null && known is null)
            return TypedResults.Problem($"state: '{state}' is none of {string.Join(", ", JourneyState.All)}", statusCode: 400, title: "No such state");
        var cursor = ReadCursor(after);
        if (after is not null && cursor is null)
            return TypedResults.Problem("after: take the value of 'next' from the page before", statusCode: 400, title: "No such place in the list");
        var filter = new JourneyFilter(known, store, q, from, to, cursor, Math.Clamp(limit ?? 50, 1, LargestPage), cardMoved ?? false);
        var found = await database.RunPatiently(token => queries.Find(filter, token), cancellationToken);
        var next = found.Count == filter.Limit ? WriteCursor(found[^1]) : null;
        return TypedResults.Ok(new JourneyPage([.. found.Select(journey => JourneyView.Of(journey, null))], next));
    }

    private static async Task<Ok<JourneySummary>> Summarise(
        IJourneyQueries queries, [FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database, CancellationToken cancellationToken)
    {
        var counts = await database.RunPatiently(queries.CountByState, cancellationToken);
        return TypedResults.Ok(new JourneySummary(counts.Values.Sum(), JourneyState.All.ToDictionary(state => state, state => counts.GetValueOrDefault(state))));
    }

    private static async Task<Results<Ok<KnownOrders>, ProblemHttpResult>> Known(
        OrdersInQuestion question, IJourneyTable table, [FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database, CancellationToken cancellationToken)
    {
        if (question.OrderIds is not { Count: <= MostKnown } ids)
            return TypedResults.Problem($"orderIds: give up to {MostKnown} ids", statusCode: 400, title: "No list of ids");
        var known = await database.RunPatiently(token => table.Known(ids, token), cancellationToken);
        return TypedResults.Ok(new KnownOrders([.. known]));
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> Retry(
        Guid orderId, IJourneyTable table, OwnQueue own, [FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database, CancellationToken cancellationToken)
    {
        var found = await database.RunPatiently(token => table.Load([orderId], token), cancellationToken);
        if (!found.TryGetValue(orderId, out var journey))
            return NoJourney(orderId);
        if (journey.CurrentState == JourneyState.Tracked || !journey.HasOrder || journey.IsErased())
            return TypedResults.Problem($"It is {journey.CurrentState}.", statusCode: 409, title: "There is nothing to try again");
        return await own.Tell(new JourneyRetryRequested { OrderId = orderId }, orderId, cancellationToken)
            ? TypedResults.Accepted($"/journeys/{orderId}")
            : BrokerAway();
    }

    internal static ProblemHttpResult BrokerAway() =>
        TypedResults.Problem("Nothing was started; try again in a few seconds.", statusCode: 503, title: "The broker is not available");

    internal static ProblemHttpResult NoJourney(Guid orderId) => TypedResults.Problem(
        $"No message of order {orderId} has arrived here. GET /orders/{orderId} at OrderIngest tells whether it was accepted.", statusCode: 404, title: "No such journey");

    private static string WriteCursor(OrderJourneySaga last) => $"{last.StartedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)}-{last.CorrelationId:N}";

    private static JourneyCursor? ReadCursor(string? after) =>
        after?.Split('-') is [var ticks, var id] && long.TryParse(ticks, out var value) && value is > 0 and < 3155378975999999999 && Guid.TryParseExact(id, "N", out var orderId)
            ? new(new DateTimeOffset(value, TimeSpan.Zero), orderId)
            : null;
}
