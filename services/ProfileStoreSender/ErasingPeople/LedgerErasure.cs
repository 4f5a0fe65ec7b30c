using System.Text.Json;
using Dapper;
using ProfileStoreSender.KeepingTheLedger;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.ErasingPeople;

/// <summary>
/// Overwrites what the ledger says about whose an order was: key of the customer and answers, which may quote an event. That and when it was sent stays; what was not sent is
/// suppressed for good.
/// </summary>
internal sealed class LedgerErasure([FromKeyedServices(ProfileStoreSenderService.Name)] ServiceDatabase database, TimeProvider time)
{
    private const string Theirs = "order_id = ANY (@orders)", TheirsOnSqlite = "order_id IN (SELECT value FROM json_each(@orders))";

    private const string Erased =
        """
        customer_key = NULL, answer = CASE WHEN answer IS NOT NULL THEN 'erased' END,
        suppressed_because = CASE WHEN state = 'accepted' THEN suppressed_because ELSE 'erased' END, state = CASE WHEN state = 'accepted' THEN state ELSE 'suppressed' END,
        claimed_by = NULL, claimed_at = NULL, claimed_until = NULL
        """;

    // Whoever is sending writes what came of it, and its customer's key, in a moment.
    private const string Idle = "(state <> 'sending' OR claimed_until < @now)";

    /// <summary>How many rows were overwritten, how many could not be because an order is on its way right now, and which destinations these orders were meant for.</summary>
    public async Task<(long Rows, long Busy, IReadOnlyList<string> Destinations)> Erase(IReadOnlyList<Guid> orders, CancellationToken cancellationToken)
    {
        if (orders.Count == 0)
            return (0, 0, []);
        var postgres = database.Kind == DatabaseKind.PostgreSql;
        var theirs = postgres ? Theirs : TheirsOnSqlite;
        var values = new
        {
            orders = postgres ? (object)orders.ToArray() : JsonSerializer.Serialize(orders),
            now = postgres ? (object)time.GetUtcNow() : LedgerText.Of(time.GetUtcNow()),
        };
        return await database.Run(token => database.InTransaction<(long, long, IReadOnlyList<string>)>(async (connection, transaction) =>
        {
            var rows = await connection.ExecuteAsync($"UPDATE deliveries SET {Erased} WHERE {theirs} AND {Idle} AND (customer_key IS NOT NULL OR answer <> 'erased')", values, transaction);
            var busy = await connection.QuerySingleAsync<long>($"SELECT count(*) FROM deliveries WHERE {theirs} AND NOT {Idle}", values, transaction);
            var destinations = await connection.QueryAsync<string>($"SELECT DISTINCT destination FROM deliveries WHERE {theirs} ORDER BY destination", values, transaction);
            return (rows, busy, destinations.AsList());
        }, token), cancellationToken);
    }
}
