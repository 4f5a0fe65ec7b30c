using System.Data.Common;
using System.Text.Json;
using Dapper;
using OrderIngest.JournalingOrders;
using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>
/// Changes the state of rejected input. Who repairs an input holds it until its orders are in the journal and its state is written: two people who press at once
/// give each order once, and a crash in between leaves it open, to be repaired again without a second effect.
/// </summary>
internal sealed class RejectedRepairs(IngestTables tables, RejectedInputs inputs, TimeProvider time) : IDisposable
{
    // SQLite has no locks on rows; there is only one process.
    private readonly SemaphoreSlim _sqliteRepairs = new(1, 1);

    /// <summary>
    /// Takes those of the inputs that are open and that nobody else is repairing, hands them to <paramref name="repair"/> and writes down what it answers. Another
    /// connection puts the orders into the journal meanwhile.
    /// </summary>
    /// <param name="ids">Which.</param>
    /// <param name="source">Only this source's; null for all.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="repair">Must be harmless when repeated: a lost connection may hide a commit.</param>
    /// <param name="edited">The body that takes the place of the kept one, with its format, for a single input.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    public async Task<IReadOnlyList<RepairResult>> Repair(
        IReadOnlyCollection<long> ids, string? source, string by, Func<IReadOnlyList<KeptInput>, CancellationToken, Task<IReadOnlyList<(RepairResult Result, Settlement Settlement)>>> repair,
        EditedBody? edited, CancellationToken cancellationToken)
    {
        if (tables.OnPostgres)
            return await tables.Write((connection, transaction) => RepairHeld(connection, transaction), cancellationToken);
        await _sqliteRepairs.WaitAsync(cancellationToken);
        try
        {
            // Not in one transaction: the journal is written on the way, and SQLite has one writer.
            var open = (await inputs.Load(ids, source, cancellationToken)).Where(kept => kept.Entry.State == RejectedStateText.Of(RejectedState.Open)).ToList();
            var repaired = await repair(open, cancellationToken);
            await tables.Write((connection, transaction) => Settle(connection, transaction, repaired, by, edited), cancellationToken);
            return [.. repaired.Select(one => one.Result)];
        }
        finally
        {
            _sqliteRepairs.Release();
        }

        async Task<IReadOnlyList<RepairResult>> RepairHeld(DbConnection connection, DbTransaction transaction)
        {
            var open = await inputs.Load(connection, transaction, ids, source, $" AND input.state = 'open' ORDER BY input.id{tables.ForRepair}", cancellationToken);
            var repaired = await repair(open, cancellationToken);
            await Settle(connection, transaction, repaired, by, edited);
            return [.. repaired.Select(one => one.Result)];
        }
    }

    /// <summary>Says of open inputs that they need no repair, or opens dismissed ones again. Answers how many there were.</summary>
    public async Task<int> Move(IReadOnlyCollection<long> ids, string? source, RejectedState from, RejectedState to, string? note, string by, CancellationToken cancellationToken)
    {
        // An input whose orders are on their way into the journal must not be dismissed on SQLite either.
        if (!tables.OnPostgres)
            await _sqliteRepairs.WaitAsync(cancellationToken);
        try
        {
            return await tables.Write(
                async (connection, transaction) =>
                {
                    var values = IngestTables.Named(
                        ("ids", tables.Values(ids)), ("from", RejectedStateText.Of(from)), ("to", RejectedStateText.Of(to)), ("note", note), ("by", by), ("now", tables.Value(time.GetUtcNow())));
                    if (source is not null)
                        values.Add("source", source);
                    var scope = source is null ? "" : " AND source = @source";
                    var moved = await connection.ExecuteAsync(
                        $"UPDATE rejected_inputs SET state = @to, state_at = @now, state_by = @by, note = @note WHERE {tables.Among("id", "ids")} AND state = @from{scope}", values, transaction);
                    await connection.ExecuteAsync(
                        $"UPDATE rejected_faults SET state = input.state FROM rejected_inputs AS input WHERE {tables.Among("rejected_id", "ids")} AND input.id = rejected_id AND rejected_faults.state <> input.state",
                        IngestTables.Named(("ids", tables.Values(ids))), transaction);
                    return moved;
                },
                cancellationToken);
        }
        finally
        {
            if (!tables.OnPostgres)
                _sqliteRepairs.Release();
        }
    }

    /// <summary>Of these sales those that are in the journal, with the hash of their content.</summary>
    public Task<IReadOnlyDictionary<Guid, byte[]>> ContentHashes(IReadOnlyCollection<Guid> orderIds, CancellationToken cancellationToken) => tables.Read<IReadOnlyDictionary<Guid, byte[]>>(
        async connection =>
        {
            var rows = await connection.QueryAsync<Hashed>(new CommandDefinition(
                $"SELECT order_id AS OrderId, content_hash AS ContentHash FROM orders WHERE {tables.Among("order_id", "ids")}", IngestTables.Named(("ids", tables.Values(orderIds))), cancellationToken: cancellationToken));
            return rows.ToDictionary(row => IngestTables.Id(row.OrderId!), row => row.ContentHash);
        },
        cancellationToken);

    public void Dispose() => _sqliteRepairs.Dispose();

    private async Task<int> Settle(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<(RepairResult Result, Settlement Settlement)> repaired, string by, EditedBody? edited)
    {
        var closed = repaired.Select(one => one.Settlement).Where(settlement => settlement.State != RejectedState.Open).ToList();
        if (closed.Count > 0)
        {
            var rows = JsonSerializer.Serialize(closed.Select(one => new { id = one.Id, state = RejectedStateText.Of(one.State), sale = one.OrderId, note = one.Note }));
            var given = tables.Given("rows", ("id", "bigint"), ("state", "text"), ("sale", "uuid"), ("note", "text"));
            await connection.ExecuteAsync(
                $"""
                UPDATE rejected_inputs SET state = given.state, order_id = coalesce(given.sale, order_id), note = given.note, state_at = @now, state_by = @by
                FROM {given} WHERE rejected_inputs.id = given.id AND rejected_inputs.state = 'open'
                """, new { rows, by, now = tables.Value(time.GetUtcNow()) }, transaction);
            await connection.ExecuteAsync($"UPDATE rejected_faults SET state = given.state FROM {given} WHERE rejected_id = given.id", new { rows }, transaction);
            // The bytes as they came stay beside what was made of them.
            if (edited is not null)
                await connection.ExecuteAsync(
                    $"UPDATE rejected_inputs SET edited = @bytes, edited_format = @format WHERE {tables.Among("id", "ids")}",
                    IngestTables.Named(("bytes", edited.Bytes), ("format", InputFormatText.Of(edited.Format)), ("ids", tables.Values(closed.Select(one => one.Id)))), transaction);
        }
        var told = repaired.Select(one => one.Settlement).Where(settlement => settlement is { State: RejectedState.Open, Faults: not null }).ToList();
        if (told.Count > 0)
            await Tell(connection, transaction, told);
        return repaired.Count;
    }

    /// <summary>Notes what is wrong today: after half a fix the summary shall not count what is fixed.</summary>
    private async Task Tell(DbConnection connection, DbTransaction transaction, List<Settlement> told)
    {
        var rows = JsonSerializer.Serialize(told.Select(one => new { id = one.Id, faults = JsonSerializer.Serialize(one.Faults, JsonSerializerOptions.Web), sale = one.OrderId }));
        await connection.ExecuteAsync(
            $"""
            UPDATE rejected_inputs SET faults = given.faults, order_id = coalesce(given.sale, order_id)
            FROM {tables.Given("rows", ("id", "bigint"), ("faults", "text"), ("sale", "uuid"))} WHERE rejected_inputs.id = given.id
            """, new { rows }, transaction);
        await connection.ExecuteAsync($"DELETE FROM rejected_faults WHERE {tables.Among("rejected_id", "ids")}", IngestTables.Named(("ids", tables.Values(told.Select(one => one.Id)))), transaction);
        await AddKinds(tables, connection, transaction, told.Select(one => (one.Id, FaultKind.Of(one.Faults!))));
    }

    /// <summary>Writes kinds of fault beside inputs that have none.</summary>
    public static async Task AddKinds(IngestTables tables, DbConnection connection, DbTransaction transaction, IEnumerable<(long Id, IReadOnlyList<string> Kinds)> kinds)
    {
        var rows = JsonSerializer.Serialize(kinds.SelectMany(one => one.Kinds, (one, kind) => new { id = one.Id, kind }));
        await connection.ExecuteAsync(
            $"""
            INSERT INTO rejected_faults (rejected_id, kind, state, source, file, received_at)
            SELECT input.id, given.kind, input.state, input.source, input.file, input.received_at
            FROM {tables.Given("rows", ("id", "bigint"), ("kind", "text"))} JOIN rejected_inputs AS input ON input.id = given.id
            """, new { rows }, transaction);
    }

    private sealed class Hashed
    {
        public object? OrderId { get; init; }
        public byte[] ContentHash { get; init; } = [];
    }
}
