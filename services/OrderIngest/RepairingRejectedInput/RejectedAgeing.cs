using System.Text.Json;
using Dapper;
using OrderIngest.GuardingSources;
using OrderIngest.JournalingOrders;
using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Deletes what was repaired long ago, and brings up to date what an earlier version kept. A few rows at a time.</summary>
internal sealed class RejectedAgeing(IngestTables tables, ConfiguredSources sources)
{
    private const int DeletedAtATime = 1000, ClassifiedAtATime = 50;

    /// <summary>Answers how many were deleted; open ones never are.</summary>
    public Task<int> Delete(DateTimeOffset closedBefore, CancellationToken cancellationToken) => tables.Write(
        (connection, transaction) => connection.ExecuteAsync(
            $"""
            DELETE FROM rejected_inputs WHERE id IN (
                SELECT id FROM rejected_inputs WHERE state <> 'open' AND state_at < @before ORDER BY state_at LIMIT {DeletedAtATime})
            """, new { before = tables.Value(closedBefore) }, transaction),
        cancellationToken);

    /// <summary>Fills in format, header row and kinds of fault where they are missing. Answers how many there were.</summary>
    public Task<int> Classify(CancellationToken cancellationToken) => tables.Write(
        async (connection, transaction) =>
        {
            var rows = (await connection.QueryAsync<Unclassified>(
                $"SELECT id AS Id, source AS Source, origin AS Origin, faults AS Faults, raw AS Raw FROM rejected_inputs WHERE format IS NULL ORDER BY id LIMIT {ClassifiedAtATime}{tables.ForRepair}",
                transaction: transaction)).ToList();
            foreach (var row in rows)
            {
                var format = FormatOf(row);
                var header = format == InputFormat.Csv ? Math.Max(0, Array.IndexOf(row.Raw, (byte)'\n') + 1) : 0;
                await connection.ExecuteAsync(
                    "UPDATE rejected_inputs SET format = @format, header_bytes = @header, layout = @layout WHERE id = @id",
                    IngestTables.Named(("format", InputFormatText.Of(format)), ("header", header), ("layout", RejectionRow.LayoutOf(row.Raw.AsSpan(0, header), format)), ("id", row.Id)), transaction);
            }
            if (rows.Count > 0)
                await RejectedRepairs.AddKinds(
                    tables, connection, transaction, rows.Select(row => (row.Id, FaultKind.Of(JsonSerializer.Deserialize<List<Fault>>(row.Faults, JsonSerializerOptions.Web) ?? []))));
            return rows.Count;
        },
        cancellationToken);

    // The earlier version knew two formats, and took either over HTTP whatever the source's files hold.
    private InputFormat FormatOf(Unclassified row) =>
        row.Origin == "POST /orders" || row.Raw.AsSpan().TrimStart("\uFEFF \t\r\n"u8).StartsWith("{"u8) ? InputFormat.Json : sources.Find(row.Source)?.Format ?? InputFormat.Csv;

    private sealed class Unclassified
    {
        public long Id { get; init; }
        public string Source { get; init; } = "";
        public string Origin { get; init; } = "";
        public string Faults { get; init; } = "[]";
        public byte[] Raw { get; init; } = [];
    }
}
