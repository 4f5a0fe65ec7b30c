using Npgsql;
using NpgsqlTypes;

namespace OrderIngest.JournalingOrders;

/// <summary>
/// Writes many orders by COPY, which costs the server less per row than an INSERT of arrays. COPY knows no conflicts: what is there already must have been left
/// out, and when somebody else writes one of the orders at the same moment nothing is written at all.
/// </summary>
internal static class PostgresOrderCopy
{
    /// <summary>From this many orders on it is worth its second round trip.</summary>
    public const int Worthwhile = 50;

    /// <summary>Writes all of them, or answers false and writes none because one was written by somebody else meanwhile.</summary>
    public static async Task<bool> TryWrite(NpgsqlConnection connection, IEnumerable<JournalEntry> entries, CancellationToken cancellationToken)
    {
        try
        {
            await using var copy = await connection.BeginBinaryImportAsync(
                "COPY orders (order_id, source, store_id, register_id, receipt_number, order_number, business_date, content_hash, body, received_at, trace_parent) FROM STDIN (FORMAT binary)", cancellationToken);
            // In the order of the ids, so that two batches with the same sales cannot wait for each other.
            foreach (var entry in entries.OrderBy(entry => entry.OrderId))
                await Write(copy, entry, cancellationToken);
            await copy.CompleteAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    private static async Task Write(NpgsqlBinaryImporter copy, JournalEntry entry, CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(entry.OrderId, NpgsqlDbType.Uuid, cancellationToken);
        await copy.WriteAsync(entry.Order.Source, NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync(entry.Order.StoreId, NpgsqlDbType.Text, cancellationToken);
        await Text(copy, entry.Order.RegisterId, cancellationToken);
        await Text(copy, entry.Order.ReceiptNumber, cancellationToken);
        await Text(copy, entry.Order.OrderNumber, cancellationToken);
        await copy.WriteAsync(entry.Order.BusinessDate, NpgsqlDbType.Date, cancellationToken);
        await copy.WriteAsync(entry.ContentHash, NpgsqlDbType.Bytea, cancellationToken);
        await copy.WriteAsync(entry.Body, NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync(entry.ReceivedAt, NpgsqlDbType.TimestampTz, cancellationToken);
        await Text(copy, entry.TraceParent, cancellationToken);
    }

    private static Task Text(NpgsqlBinaryImporter copy, string? text, CancellationToken cancellationToken) =>
        text is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
}
