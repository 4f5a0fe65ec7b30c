using System.Globalization;
using Dapper;
using OrderIngest.ReadingOrders;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.JournalingOrders;

/// <summary>The journal on SQLite: one process, one transaction per batch.</summary>
internal sealed class SqliteJournal(ServiceDatabase database, EventSize size, TimeProvider time) : IJournal
{
    public Task<IReadOnlyList<JournalAnswer>> Add(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        var batch = JournalBatch.Of(entries);
        return Write(async (connection, transaction) =>
        {
            var inserted = new HashSet<Guid>();
            var there = new Dictionary<Guid, byte[]>();
            foreach (var entry in batch.First)
            {
                var rows = await connection.ExecuteAsync(
                    """
                    INSERT INTO orders (order_id, source, store_id, register_id, receipt_number, order_number, business_date, content_hash, body, received_at, trace_parent)
                    VALUES (@Id, @Source, @StoreId, @RegisterId, @ReceiptNumber, @OrderNumber, @BusinessDate, @ContentHash, @Body, @ReceivedAt, @TraceParent)
                    ON CONFLICT (order_id) DO NOTHING
                    """,
                    new
                    {
                        Id = Text(entry.OrderId),
                        entry.Order.Source,
                        entry.Order.StoreId,
                        entry.Order.RegisterId,
                        entry.Order.ReceiptNumber,
                        entry.Order.OrderNumber,
                        BusinessDate = entry.Order.BusinessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                        entry.ContentHash,
                        entry.Body,
                        ReceivedAt = Text(entry.ReceivedAt),
                        entry.TraceParent,
                    },
                    transaction);
                if (rows == 1)
                    inserted.Add(entry.OrderId);
                else
                    there[entry.OrderId] = await connection.QuerySingleAsync<byte[]>("SELECT content_hash FROM orders WHERE order_id = @Id", new { Id = Text(entry.OrderId) }, transaction);
            }
            return batch.Answers(inserted, there);
        }, cancellationToken);
    }

    public Task Keep(IReadOnlyList<RejectedInput> inputs, CancellationToken cancellationToken) =>
        database.Run(token => SqliteRejections.Keep(database, RejectionRow.Of(inputs), token), cancellationToken);

    public async Task<JournaledOrder?> Find(Guid orderId, CancellationToken cancellationToken)
    {
        var rows = await Read<(string Source, string Body, string ReceivedAt, string? PublishedAt, string? AcknowledgedAt, string? TraceParent)>(
            "SELECT source, body, received_at, published_at, acknowledged_at, trace_parent FROM orders WHERE order_id = @Id", new { Id = Text(orderId) }, cancellationToken);
        return rows is [var row] ? new(orderId, row.Source, row.Body, Time(row.ReceivedAt)!.Value, Time(row.PublishedAt), Time(row.AcknowledgedAt), row.TraceParent) : null;
    }

    public async Task<RelayedBatch> Relay(
        int most, TimeSpan acknowledgeWithin, Func<IReadOnlyList<UnpublishedOrder>, CancellationToken, Task<IReadOnlyCollection<Guid>>> publish, CancellationToken cancellationToken)
    {
        // Nothing is locked while publishing: writers go on, and there is only one process that relays.
        var rows = await Read<(string Id, string Body, string? TraceParent, int Publications)>(
            "SELECT order_id, body, trace_parent, publications FROM orders WHERE published_at IS NULL AND length(CAST(body AS BLOB)) <= @Largest ORDER BY sequence LIMIT @most",
            new { most, Largest = size.Most }, cancellationToken);
        if (rows.Count == 0)
            return default;
        var claimed = rows.ToDictionary(row => Guid.Parse(row.Id), row => new UnpublishedOrder(Guid.Parse(row.Id), row.Body, row.TraceParent, row.Publications));
        var confirmed = await publish([.. claimed.Values], cancellationToken);
        var now = time.GetUtcNow();
        if (confirmed.Count > 0)
        {
            await Write(
                (connection, transaction) => connection.ExecuteAsync(
                    "UPDATE orders SET published_at = @Now, acknowledge_by = @By, publications = publications + 1 WHERE order_id = @Id",
                    confirmed.Select(id => new { Id = Text(id), Now = Text(now), By = Text(now + acknowledgeWithin * (1 << Math.Min(claimed[id].Publications, 6))) }),
                    transaction),
                cancellationToken.IsCancellationRequested ? CancellationToken.None : cancellationToken);
        }
        return new(claimed.Count, confirmed.Count);
    }

    public async Task<long> TooLargeToPublish(CancellationToken cancellationToken) =>
        (await Read<long>("SELECT count(*) FROM orders WHERE published_at IS NULL AND length(CAST(body AS BLOB)) > @Largest", new { Largest = size.Most }, cancellationToken))[0];

    public async Task<DateTimeOffset?> OldestUnpublished(CancellationToken cancellationToken) =>
        await Read<string>("SELECT received_at FROM orders WHERE published_at IS NULL ORDER BY sequence LIMIT 1", null, cancellationToken) is [var oldest] ? Time(oldest) : null;

    public async Task<JournalBacklog> Backlog(CancellationToken cancellationToken)
    {
        var (oldest, unpublished, missing) = (await Read<(string?, long, long)>(
            JournalBatch.BacklogStatement.Replace("{0}", "@Now", StringComparison.Ordinal), new { Now = Text(time.GetUtcNow()) }, cancellationToken)).Single();
        return new(Time(oldest), unpublished, missing);
    }

    public async Task<IReadOnlyList<Guid>> Unacknowledged(int most, CancellationToken cancellationToken) =>
        [.. (await Read<string>(
            "SELECT order_id FROM orders WHERE published_at IS NOT NULL AND acknowledged_at IS NULL AND acknowledge_by <= @Now ORDER BY acknowledge_by LIMIT @most",
            new { Now = Text(time.GetUtcNow()), most },
            cancellationToken)).Select(Guid.Parse)];

    public Task Acknowledge(IReadOnlyCollection<Guid> known, IReadOnlyCollection<Guid> unknown, CancellationToken cancellationToken)
    {
        var now = Text(time.GetUtcNow());
        return Write(
            async (connection, transaction) =>
                await connection.ExecuteAsync("UPDATE orders SET acknowledged_at = @now WHERE order_id = @Id", known.Select(id => new { Id = Text(id), now }), transaction)
                + await connection.ExecuteAsync(
                    "UPDATE orders SET published_at = NULL WHERE order_id = @Id AND acknowledged_at IS NULL AND acknowledge_by <= @now", unknown.Select(id => new { Id = Text(id), now }), transaction),
            cancellationToken);
    }

    public async Task<JournalCounts> Count(CancellationToken cancellationToken)
    {
        var (accepted, unpublished, unacknowledged, inputs, rows, conflicts) =
            (await Read<(long, long, long, long, long, long)>(JournalBatch.CountStatement, null, cancellationToken)).Single();
        return new(accepted, unpublished, unacknowledged, inputs, rows, conflicts);
    }

    private Task<T> Write<T>(Func<Microsoft.Data.Sqlite.SqliteConnection, Microsoft.Data.Sqlite.SqliteTransaction, Task<T>> work, CancellationToken cancellationToken) =>
        database.Run(token => database.WriteSqlite(work, token), cancellationToken);

    private Task<IReadOnlyList<T>> Read<T>(string sql, object? values, CancellationToken cancellationToken) => database.Run<IReadOnlyList<T>>(
        async token =>
        {
            await using var connection = await database.OpenSqlite(token);
            return [.. await connection.QueryAsync<T>(sql, values)];
        },
        cancellationToken);

    internal static string Text(Guid id) => id.ToString("D");

    // Fixed width, so that the order of the texts is the order of the times.
    internal static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
