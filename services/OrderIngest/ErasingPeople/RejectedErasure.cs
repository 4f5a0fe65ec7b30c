using System.Data.Common;
using Dapper;
using OrderIngest.JournalingOrders;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.ErasingPeople;

/// <summary>
/// Drops the bytes of rejected input that holds one of a person's identifiers, or is about one of their orders. It is looked through from end to end, some at a time. What
/// was open is dismissed: without bytes nothing can be repaired. The hash of the bytes stays, so that the same input again is counted there and not kept anew.
/// </summary>
internal sealed class RejectedErasure([FromKeyedServices(OrderIngestService.Name)] ServiceDatabase database, TimeProvider time)
{
    private const int AtATime = 200;

    private const string Dropped =
        """
        UPDATE rejected_inputs SET raw = @nothing, edited = NULL, edited_format = NULL, note = 'erased', header_bytes = 0, edge = NULL,
            state_at = CASE WHEN state = 'open' THEN @now ELSE state_at END, state_by = CASE WHEN state = 'open' THEN 'erasure' ELSE state_by END,
            state = CASE WHEN state = 'open' THEN 'dismissed' ELSE state END, erased_at = @now
        WHERE id = @id
        """;

    private const string Counted = "UPDATE rejected_faults SET state = (SELECT i.state FROM rejected_inputs i WHERE i.id = @id) WHERE rejected_id = @id";

    /// <summary>Answers how many inputs were dropped now.</summary>
    public async Task<long> Erase(PersonTraces person, IReadOnlyCollection<Guid> orders, CancellationToken cancellationToken)
    {
        var theirs = orders.ToHashSet();
        long dropped = 0, after = 0;
        while (await Next(after, cancellationToken) is { Count: > 0 } some)
        {
            after = some[^1].Id;
            var found = some.Where(input => (Guid.TryParse(input.OrderId, out var order) && theirs.Contains(order)) || person.In(input.Raw) || person.In(input.Edited)).Select(input => input.Id).ToList();
            if (found.Count > 0)
                dropped += await Drop(found, cancellationToken);
        }
        return dropped;
    }

    private Task<List<Kept>> Next(long after, CancellationToken cancellationToken) => database.Run(async token =>
    {
        await using var connection = await database.Open(token);
        return (await connection.QueryAsync<Kept>(new(
            "SELECT id AS Id, CAST(order_id AS text) AS OrderId, raw AS Raw, edited AS Edited FROM rejected_inputs WHERE id > @after AND erased_at IS NULL ORDER BY id LIMIT @AtATime",
            new { after, AtATime }, cancellationToken: token))).AsList();
    }, cancellationToken);

    private Task<long> Drop(List<long> ids, CancellationToken cancellationToken) =>
        database.Run(token => database.InTransaction((connection, transaction) => Drop(connection, transaction, ids), token), cancellationToken);

    private async Task<long> Drop(DbConnection connection, DbTransaction transaction, List<long> ids)
    {
        object now = database.Kind == DatabaseKind.PostgreSql ? time.GetUtcNow() : SqliteJournal.Text(time.GetUtcNow());
        var values = ids.Select(id => new { id, now, nothing = Array.Empty<byte>() }).ToList();
        var dropped = await connection.ExecuteAsync(Dropped, values, transaction);
        await connection.ExecuteAsync(Counted, values, transaction);
        return dropped;
    }

    private sealed class Kept
    {
        public required long Id { get; init; }

        public string? OrderId { get; init; }

        public required byte[] Raw { get; init; }

        public byte[]? Edited { get; init; }
    }
}
