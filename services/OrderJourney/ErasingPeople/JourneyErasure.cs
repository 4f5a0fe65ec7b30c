using Contracts.CustomerResolution;
using Dapper;
using Microsoft.Extensions.Options;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.ErasingPeople;

/// <summary>Overwrites what this service has of a person: journeys, their orders, notices about cards.</summary>
internal sealed class JourneyErasure(
    IJourneyTable table, [FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database, IOptions<JourneyOptions> options, TimeProvider time)
{
    private const int AtATime = 200;

    /// <summary>Answers how many rows were overwritten.</summary>
    public async Task<long> Erase(IReadOnlyCollection<Guid> orders, KnownPerson person, CancellationToken cancellationToken)
    {
        long rows = 0;
        foreach (var some in orders.Chunk(AtATime))
            rows += await EraseJourneys(some, cancellationToken) + await EraseOrders(some, cancellationToken);
        return rows + await EraseNotices(person, cancellationToken);
    }

    // A row that somebody else writes at the same moment is read again: no version is lost, and whoever remembers an earlier one is refused when it saves.
    private async Task<long> EraseJourneys(IReadOnlyCollection<Guid> some, CancellationToken cancellationToken)
    {
        long rows = 0;
        var left = some.ToHashSet();
        while (left.Count > 0)
        {
            var journeys = await database.Run(token => table.Load(left, token), cancellationToken);
            left.IntersectWith(journeys.Keys);
            var changed = journeys.Values.Where(journey => journey.Erase(time.GetUtcNow(), options.Value.RequiredDestinations)).OrderBy(journey => journey.CorrelationId).ToList();
            left.IntersectWith(changed.Select(journey => journey.CorrelationId));
            if (changed.Count == 0)
                break;
            var saved = await database.Run(token => table.Save(changed, token), cancellationToken);
            rows += saved.Count;
            left.ExceptWith(saved);
        }
        return rows;
    }

    private async Task<long> EraseOrders(IReadOnlyCollection<Guid> some, CancellationToken cancellationToken)
    {
        var orders = await database.Run(token => table.ReadOrders(some, token), cancellationToken);
        var bodies = orders.Where(order => order.Value.Customer != new Contracts.OrderIngest.CustomerHint())
            .Select(order => new { order.Key, Body = JourneyJson.Of(order.Value.WithoutCustomer()) }).ToList();
        return await Execute(
            $"UPDATE journey_orders SET body = @Body WHERE order_id = {(database.Kind == DatabaseKind.PostgreSql ? "CAST(@Id AS uuid)" : "@Id")}",
            bodies.Select(order => new { Id = $"{order.Key:D}", order.Body }).ToList<object>(), cancellationToken);
    }

    // The notice itself stays, because what was asked for before it does not count.
    private async Task<long> EraseNotices(KnownPerson person, CancellationToken cancellationToken) => person.Email is not { } email
        ? 0
        : await Execute("UPDATE card_registrations SET email = NULL WHERE lower(trim(email)) = @email", [new { email = CustomerKey.Normal(email) }], cancellationToken);

    private Task<long> Execute(string sql, List<object> values, CancellationToken cancellationToken) => values.Count == 0
        ? Task.FromResult(0L)
        : database.Run(token => database.InTransaction<long>(async (connection, transaction) => await connection.ExecuteAsync(sql, values, transaction), token), cancellationToken);
}
