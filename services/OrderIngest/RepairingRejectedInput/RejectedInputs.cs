using System.Data.Common;
using System.Text.Json;
using Dapper;
using OrderIngest.JournalingOrders;
using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Finds rejected input. Pages are read from an index; what is large, the bytes, is read for a few at a time.</summary>
internal sealed class RejectedInputs(IngestTables tables)
{
    private const string Listed =
        """
        input.id AS Id, input.source AS Source, input.origin AS Origin, input.format AS Format, input.reason AS Reason, input.state AS State, input.order_id AS OrderId,
        input.faults AS Faults, input.file AS File, input.first_row AS FirstRow, input.rows AS Rows, input.position AS Position, length(input.raw) AS Bytes, input.times AS Times,
        input.received_at AS ReceivedAt, input.last_received_at AS LastReceivedAt, input.state_at AS StateAt, input.state_by AS StateBy, input.note AS Note
        """;

    private const string WithBytes = $"{Listed}, input.raw AS Raw, input.header_bytes AS HeaderBytes, input.edited AS Edited, input.edge AS Edge";

    /// <summary>One page of a list.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="most">Longest page.</param>
    /// <param name="oldestFirst">A person looks at the newest first, a repair begins with the oldest.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<IReadOnlyList<RejectedEntry>> List(RejectedFilter filter, RejectedPlace? after, int most, bool oldestFirst, CancellationToken cancellationToken) => tables.Read<IReadOnlyList<RejectedEntry>>(
        async connection =>
        {
            var query = new RejectedQuery(tables, filter, after, oldestFirst);
            return [.. (await connection.QueryAsync<Row>(new CommandDefinition(query.Page(Listed, most), query.Values, cancellationToken: cancellationToken))).Select(Entry)];
        },
        cancellationToken);

    /// <summary>Where the next ones are and how many bytes they have, oldest first: so many that their bytes fit into memory together.</summary>
    public Task<IReadOnlyList<RejectedPlace>> Next(RejectedFilter filter, RejectedPlace? after, int most, long mostBytes, CancellationToken cancellationToken) => tables.Read<IReadOnlyList<RejectedPlace>>(
        async connection =>
        {
            var query = new RejectedQuery(tables, filter, after, oldestFirst: true);
            var sql = query.Page("input.id AS Id, input.received_at AS ReceivedAt, length(input.raw) AS Bytes", most);
            var places = new List<RejectedPlace>();
            long bytes = 0;
            foreach (var row in await connection.QueryAsync<Row>(new CommandDefinition(sql, query.Values, cancellationToken: cancellationToken)))
            {
                bytes += row.Bytes;
                if (places.Count > 0 && bytes > mostBytes)
                    break;
                places.Add(new(IngestTables.Instant(row.ReceivedAt!), row.Id));
            }
            return places;
        },
        cancellationToken);

    /// <summary>The newest one that is meant, or null when there is none: a repair of many ends here, whatever is rejected meanwhile.</summary>
    public async Task<RejectedPlace?> Last(RejectedFilter filter, CancellationToken cancellationToken) =>
        (await List(filter, null, 1, oldestFirst: false, cancellationToken)) is [var last] ? last.Place() : null;

    /// <summary>With their bytes, in the order of their ids; those of other sources are left out when a source is asking.</summary>
    public Task<IReadOnlyList<KeptInput>> Load(IReadOnlyCollection<long> ids, string? source, CancellationToken cancellationToken) =>
        tables.Read(connection => Load(connection, null, ids, source, "", cancellationToken), cancellationToken);

    /// <summary>As <see cref="Load(IReadOnlyCollection{long}, string?, CancellationToken)"/>, in a transaction.</summary>
    public async Task<IReadOnlyList<KeptInput>> Load(
        DbConnection connection, DbTransaction? transaction, IReadOnlyCollection<long> ids, string? source, string more, CancellationToken cancellationToken)
    {
        var values = new DynamicParameters();
        values.Add("ids", tables.Values(ids));
        if (source is not null)
            values.Add("source", source);
        var sql = $"SELECT {WithBytes} FROM rejected_inputs AS input WHERE {tables.Among("input.id", "ids")}{(source is null ? "" : " AND input.source = @source")}{more}";
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)))
            .Select(row => new KeptInput(Entry(row), InputFormatText.Parse(row.Format), row.Raw, row.HeaderBytes, row.Edited, FileEdgeText.Parse(row.Edge))).OrderBy(kept => kept.Id)];
    }

    /// <summary>The kinds of files that are meant, with how many inputs: one file can be made of each.</summary>
    public Task<IReadOnlyList<RejectedLayout>> Layouts(RejectedFilter filter, int most, CancellationToken cancellationToken) => tables.Read<IReadOnlyList<RejectedLayout>>(
        async connection =>
        {
            var query = new RejectedQuery(tables, filter);
            query.Values.Add("most", most);
            var sql = $"SELECT input.source AS Source, input.format AS Format, input.layout AS Layout, count(*) AS Inputs FROM {query.From} WHERE {query.Where} GROUP BY 1, 2, 3 ORDER BY 4 DESC LIMIT @most";
            return [.. await connection.QueryAsync<RejectedLayout>(new CommandDefinition(sql, query.Values, cancellationToken: cancellationToken))];
        },
        cancellationToken);

    private static RejectedEntry Entry(Row row) => new()
    {
        Id = row.Id,
        Source = row.Source,
        Origin = row.Origin,
        Format = row.Format,
        Reason = row.Reason,
        State = row.State,
        OrderId = row.OrderId is null ? null : IngestTables.Id(row.OrderId),
        Faults = JsonSerializer.Deserialize<List<Fault>>(row.Faults, JsonSerializerOptions.Web) ?? [],
        File = row.File,
        FirstRow = row.FirstRow,
        Rows = row.Rows,
        Position = row.Position,
        Bytes = row.Bytes,
        Times = row.Times,
        FirstReceivedAt = IngestTables.Instant(row.ReceivedAt!),
        LastReceivedAt = IngestTables.Instant(row.LastReceivedAt!),
        StateAt = row.StateAt is null ? null : IngestTables.Instant(row.StateAt),
        StateBy = row.StateBy,
        Note = row.Note,
    };

    // Times and ids come as what the database has for them.
    private sealed class Row
    {
        public long Id { get; init; }
        public string Source { get; init; } = "";
        public string Origin { get; init; } = "";
        public string? Format { get; init; }
        public string Reason { get; init; } = "";
        public string State { get; init; } = "";
        public object? OrderId { get; init; }
        public string Faults { get; init; } = "[]";
        public string? File { get; init; }
        public int FirstRow { get; init; }
        public int Rows { get; init; }
        public long Position { get; init; }
        public long Bytes { get; init; }
        public int Times { get; init; }
        public object? ReceivedAt { get; init; }
        public object? LastReceivedAt { get; init; }
        public object? StateAt { get; init; }
        public string? StateBy { get; init; }
        public string? Note { get; init; }
        public byte[] Raw { get; init; } = [];
        public int HeaderBytes { get; init; }
        public byte[]? Edited { get; init; }
        public string? Edge { get; init; }
    }
}

/// <summary>A kind of file: rows of one source below one header row.</summary>
internal sealed class RejectedLayout
{
    public string Source { get; init; } = "";

    public string? Format { get; init; }

    public string? Layout { get; init; }

    public long Inputs { get; init; }
}
