using System.Text.Json;
using Dapper;
using OrderIngest.JournalingOrders;

namespace OrderIngest.ReplayingOrders;

/// <summary>
/// Table <c>replays</c>. Whoever sends the next orders of a replay has its lease for so long; who has lost it writes nothing more. The clocks of instances must agree within
/// a part of the lease.
/// </summary>
internal sealed class Replays(IngestTables tables, TimeProvider time)
{
    private const string Columns =
        """
        id AS Id, queue AS Queue, message AS Message, filter AS Filter, orders_per_second AS OrdersPerSecond, state AS State, problem AS Problem, cursor AS Cursor, until AS Until,
        matched AS Matched, sent AS Sent, requested_at AS RequestedAt, resumed_at AS ResumedAt, sent_before AS SentBefore, last_sent_at AS LastSentAt, ended_at AS EndedAt, due_at AS DueAt
        """;

    // Names this process and no other, after a restart either.
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>Writes a new one down; false when it is there already.</summary>
    public async Task<bool> Add(Replay replay, CancellationToken cancellationToken) => await Change(
        """
        INSERT INTO replays (id, queue, message, filter, orders_per_second, state, cursor, until, matched, requested_at, resumed_at, ended_at, due_at, lease_until)
        VALUES (@id, @queue, @message, @filter, @rate, @state, @cursor, @until, @matched, @requestedAt, @requestedAt, @endedAt, @requestedAt, @requestedAt)
        ON CONFLICT (id) DO NOTHING
        """,
        IngestTables.Named(
            ("id", Id(replay.Id)), ("queue", replay.Target.Queue), ("message", replay.Target.Message), ("filter", JsonSerializer.Serialize(replay.Filter)), ("rate", replay.OrdersPerSecond),
            ("state", replay.State), ("cursor", replay.Cursor), ("until", replay.Until), ("matched", replay.Matched), ("requestedAt", tables.Value(replay.RequestedAt)),
            ("endedAt", Instant(replay.EndedAt))),
        cancellationToken) == 1;

    public async Task<Replay?> Find(Guid id, CancellationToken cancellationToken) =>
        await Read($"SELECT {Columns} FROM replays WHERE id = @id", IngestTables.Named(("id", Id(id))), cancellationToken) is [var only] ? only : null;

    /// <summary>The latest, newest first.</summary>
    public Task<IReadOnlyList<Replay>> List(int most, CancellationToken cancellationToken) =>
        Read($"SELECT {Columns} FROM replays ORDER BY requested_at DESC, id LIMIT @most", IngestTables.Named(("most", most)), cancellationToken);

    /// <summary>Moves one from any of some states into another, by somebody's wish; null when it is in none of them.</summary>
    public async Task<Replay?> Move(Guid id, IEnumerable<string> from, string to, CancellationToken cancellationToken)
    {
        var states = from.ToArray();
        var rows = await tables.Write(
            (connection, transaction) => connection.QueryAsync<ReplayRow>(
                $"""
                UPDATE replays SET state = @to, problem = NULL, ended_at = CASE WHEN @to = '{ReplayState.Cancelled}' THEN @now ELSE ended_at END,
                    resumed_at = CASE WHEN @to = '{ReplayState.Running}' THEN @now ELSE resumed_at END, sent_before = CASE WHEN @to = '{ReplayState.Running}' THEN sent ELSE sent_before END,
                    due_at = CASE WHEN @to = '{ReplayState.Running}' AND due_at < @now THEN @now ELSE due_at END
                WHERE id = @id AND state IN ({string.Join(", ", states.Select(state => $"'{state}'"))})
                RETURNING {Columns}
                """,
                IngestTables.Named(("id", Id(id)), ("to", to), ("now", tables.Value(time.GetUtcNow()))), transaction),
            cancellationToken);
        return rows.Select(row => row.ToReplay()).SingleOrDefault();
    }

    /// <summary>Takes the lease of the running replay that is due first; null when none is.</summary>
    public async Task<Replay?> Claim(TimeSpan lease, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await tables.Write(
            (connection, transaction) => connection.QueryAsync<ReplayRow>(
                $"""
                UPDATE replays SET owner = @owner, lease_until = @until
                WHERE id = (SELECT id FROM replays WHERE state = '{ReplayState.Running}' AND due_at <= @now AND lease_until <= @now ORDER BY due_at LIMIT 1{tables.ForRepair})
                RETURNING {Columns}
                """,
                IngestTables.Named(("owner", _owner), ("now", tables.Value(now)), ("until", tables.Value(now + lease))), transaction),
            cancellationToken);
        return rows.Select(row => row.ToReplay()).SingleOrDefault();
    }

    /// <summary>When somebody may claim the next one, UTC; null when none is running.</summary>
    public async Task<DateTimeOffset?> NextDue(CancellationToken cancellationToken) =>
        await tables.Read(connection => connection.ExecuteScalarAsync<object?>(
            $"SELECT min(CASE WHEN due_at > lease_until THEN due_at ELSE lease_until END) FROM replays WHERE state = '{ReplayState.Running}'"), cancellationToken) is { } due
            ? IngestTables.Instant(due) : null;

    /// <summary>
    /// Writes down how far a claimed replay is, and gives the lease back. Somebody's wish that came meanwhile stands. False when another instance has the lease by now: what it does stands.
    /// </summary>
    public async Task<bool> Save(Replay replay, CancellationToken cancellationToken) => await Change(
        $"""
        UPDATE replays SET cursor = @cursor, sent = @sent, last_sent_at = @lastSentAt, due_at = @dueAt, lease_until = @now,
            problem = CASE WHEN state = '{ReplayState.Running}' THEN @problem END,
            ended_at = CASE WHEN state = '{ReplayState.Running}' THEN @endedAt ELSE ended_at END,
            state = CASE WHEN state = '{ReplayState.Running}' THEN @state ELSE state END
        WHERE id = @id AND owner = @owner AND lease_until > @now
        """,
        IngestTables.Named(
            ("id", Id(replay.Id)), ("owner", _owner), ("cursor", replay.Cursor), ("sent", replay.Sent), ("lastSentAt", Instant(replay.LastSentAt)), ("dueAt", tables.Value(replay.DueAt)),
            ("problem", replay.Problem), ("endedAt", Instant(replay.EndedAt)), ("state", replay.State), ("now", tables.Value(time.GetUtcNow()))),
        cancellationToken) == 1;

    private Task<int> Change(string sql, DynamicParameters values, CancellationToken cancellationToken) =>
        tables.Write((connection, transaction) => connection.ExecuteAsync(sql, values, transaction), cancellationToken);

    private async Task<IReadOnlyList<Replay>> Read(string sql, DynamicParameters values, CancellationToken cancellationToken) =>
        [.. (await tables.Read(connection => connection.QueryAsync<ReplayRow>(sql, values), cancellationToken)).Select(row => row.ToReplay())];

    private object Id(Guid id) => tables.OnPostgres ? id : JournalingOrders.SqliteJournal.Text(id);

    private object? Instant(DateTimeOffset? instant) => instant is { } at ? tables.Value(at) : null;
}
