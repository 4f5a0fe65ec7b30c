using System.Data.Common;
using Contracts.OrderJourney;
using Dapper;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.ErasingPeople;

/// <summary>Erasures, their parties and their orders; the same statements on both databases. Each may be repeated: a lost connection may hide a commit.</summary>
internal sealed class ErasureTables([FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database)
{
    private const string Columns =
        "erasure_id AS Id, state AS State, says AS Says, reason AS Reason, email AS Email, cards AS Cards, card_keys AS CardKeys, round AS Round, attempts AS Attempts, woken AS Woken, " +
        "requested_at AS RequestedAt, round_at AS RoundAt, updated_at AS UpdatedAt, finished_at AS FinishedAt, next_at AS NextAt";

    private const string ExpectSql = "INSERT INTO erasure_parties (erasure_id, party, state, round, rows) VALUES (@id, @party, 'waiting', 0, 0) ON CONFLICT (erasure_id, party) DO NOTHING";

    /// <summary>Begins one, unless one of the same person is open: that one is woken, and answered.</summary>
    public Task<Erasure> Begin(Guid id, string person, string? email, string? card, string? reason, DateTimeOffset now, CancellationToken cancellationToken) => Write(async (connection, transaction) =>
    {
        var values = new { id = $"{id:D}", person, email, cards = ErasureText.Json(card is null ? [] : [card]), reason, now = ErasureText.Of(now), Erasure.Running };
        // What waits for a person is tried once more: perhaps a setting was put right.
        if (await connection.QuerySingleOrDefaultAsync<string>("SELECT erasure_id FROM erasures WHERE person = @person AND state = 'needsAttention'", values, transaction) is { } waiting)
        {
            await connection.ExecuteAsync("UPDATE erasure_parties SET round = 0 WHERE erasure_id = @waiting", new { waiting }, transaction);
            await connection.ExecuteAsync("UPDATE erasure_parties SET state = 'waiting' WHERE erasure_id = @waiting AND state = 'byHand'", new { waiting }, transaction);
        }
        await connection.ExecuteAsync(
            """
            INSERT INTO erasures (erasure_id, person, state, reason, email, cards, card_keys, round, attempts, woken, requested_at, round_at, updated_at, next_at)
            VALUES (@id, @person, @Running, @reason, @email, @cards, '[]', 0, 0, 0, @now, @now, @now, @now)
            ON CONFLICT (person) WHERE state <> 'done' DO UPDATE SET state = @Running, attempts = 0, woken = erasures.woken + 1, next_at = @now, updated_at = @now
            """, values, transaction);
        return (await connection.QuerySingleAsync<ErasureRow>($"SELECT {Columns} FROM erasures WHERE person = @person AND state <> 'done'", values, transaction)).Read();
    }, true, cancellationToken);

    /// <summary>One that is due, for whoever asks first; nobody else gets it before <paramref name="leaseUntil"/>.</summary>
    public Task<Erasure?> Take(DateTimeOffset now, DateTimeOffset leaseUntil, CancellationToken cancellationToken) => Write(async (connection, transaction) =>
        await connection.QuerySingleOrDefaultAsync<ErasureRow>(
            $"""
            UPDATE erasures SET next_at = @leaseUntil
            WHERE erasure_id = (SELECT erasure_id FROM erasures WHERE next_at <= @now ORDER BY next_at LIMIT 1) AND next_at <= @now
            RETURNING {Columns}
            """, new { now = ErasureText.Of(now), leaseUntil = ErasureText.Of(leaseUntil) }, transaction) is { } row ? row.Read() : null, false, cancellationToken);

    /// <summary>Writes what a step came to. Where an answer arrived during it, the next step comes at once, and the keys that it brought stay.</summary>
    public Task Save(Erasure erasure, DateTimeOffset now, CancellationToken cancellationToken) => Write(async (connection, transaction) =>
    {
        var id = $"{erasure.Id:D}";
        var woken = await connection.ExecuteScalarAsync<int>("UPDATE erasures SET updated_at = @now WHERE erasure_id = @id RETURNING woken", new { id, now = ErasureText.Of(now) }, transaction);
        var known = ErasureText.Texts(await connection.QuerySingleAsync<string>("SELECT card_keys FROM erasures WHERE erasure_id = @id", new { id }, transaction));
        var next = woken != erasure.Woken && erasure.State != Erasure.Done ? now : erasure.NextAt;
        return await connection.ExecuteAsync(
            """
            UPDATE erasures SET
                state = @State, says = @Says, email = @Email, cards = @cards, card_keys = @cardKeys, round = @Round, attempts = @Attempts, round_at = @roundAt,
                finished_at = @finishedAt, next_at = @nextAt
            WHERE erasure_id = @id AND state <> 'done'
            """,
            new
            {
                id,
                erasure.State,
                erasure.Says,
                erasure.Email,
                cards = ErasureText.Json(erasure.Cards),
                cardKeys = ErasureText.Json([.. known.Union(erasure.CardKeys).Order(StringComparer.Ordinal)]),
                erasure.Round,
                erasure.Attempts,
                roundAt = ErasureText.Of(erasure.RoundAt),
                finishedAt = erasure.FinishedAt is { } finished ? ErasureText.Of(finished) : null,
                nextAt = next is { } at ? ErasureText.Of(at) : null,
            }, transaction);
    }, false, cancellationToken);

    /// <summary>Notes what a party answered and wakes the erasure; an answer to an earlier round than is known counts its rows and nothing else. False where there is no such erasure.</summary>
    public Task<bool> Note(PersonErased answer, DateTimeOffset now, CancellationToken cancellationToken) => Write(async (connection, transaction) =>
    {
        var id = $"{answer.ErasureId:D}";
        var values = new { id, answer.Party, state = Text(answer.State), answer.Round, answer.Rows, answer.Detail, at = ErasureText.Of(answer.AnsweredAt), now = ErasureText.Of(now), Erasure.Running };
        // In this order in every transaction: the erasure's row first.
        if (await connection.ExecuteAsync(
            """
            UPDATE erasures SET woken = woken + 1, updated_at = @now, state = CASE WHEN @state = 'done' THEN @Running ELSE state END,
                next_at = CASE WHEN next_at IS NOT NULL OR @state = 'done' THEN @now END
            WHERE erasure_id = @id AND state <> 'done'
            """, values, transaction) == 0)
            return false;
        await connection.ExecuteAsync(
            """
            INSERT INTO erasure_parties (erasure_id, party, state, round, rows, detail, answered_at) VALUES (@id, @Party, @state, @Round, @Rows, @Detail, @at)
            ON CONFLICT (erasure_id, party) DO UPDATE SET
                rows = erasure_parties.rows + excluded.rows,
                state = CASE WHEN excluded.round >= erasure_parties.round THEN excluded.state ELSE erasure_parties.state END,
                detail = CASE WHEN excluded.round >= erasure_parties.round THEN excluded.detail ELSE erasure_parties.detail END,
                answered_at = excluded.answered_at,
                round = CASE WHEN excluded.round >= erasure_parties.round THEN excluded.round ELSE erasure_parties.round END
            """, values, transaction);
        foreach (var party in answer.Awaits ?? [])
            await connection.ExecuteAsync(ExpectSql, new { id, party }, transaction);
        if (answer.CardKeys is { Count: > 0 } told)
        {
            var known = ErasureText.Texts(await connection.QuerySingleAsync<string>("SELECT card_keys FROM erasures WHERE erasure_id = @id", values, transaction));
            await connection.ExecuteAsync("UPDATE erasures SET card_keys = @all WHERE erasure_id = @id", new { id, all = ErasureText.Json([.. known.Union(told).Order(StringComparer.Ordinal)]) }, transaction);
        }
        return true;
    }, false, cancellationToken);

    /// <summary>Parties that have to answer, from the beginning.</summary>
    public Task Expect(Guid id, IEnumerable<string> parties, CancellationToken cancellationToken) => Write((connection, transaction) => connection.ExecuteAsync(
        ExpectSql, parties.Select(party => new { id = $"{id:D}", party }).ToList(), transaction), false, cancellationToken);

    /// <summary>Adds orders, as far as they are new; answers which are.</summary>
    public Task<IReadOnlyList<Guid>> Add(Guid id, IReadOnlyCollection<Guid> orders, CancellationToken cancellationToken) => Write<IReadOnlyList<Guid>>(async (connection, transaction) =>
    {
        var added = new List<Guid>();
        foreach (var order in orders)
        {
            if (await connection.ExecuteAsync(
                "INSERT INTO erasure_orders (erasure_id, order_id) VALUES (@id, @order) ON CONFLICT (erasure_id, order_id) DO NOTHING", new { id = $"{id:D}", order = $"{order:D}" }, transaction) == 1)
                added.Add(order);
        }
        return added;
    }, false, cancellationToken);

    /// <summary>Orders of a round; with null, of those that nobody was told of yet, the first.</summary>
    public Task<IReadOnlyList<Guid>> Orders(Guid id, int? round, int most, CancellationToken cancellationToken) => Run<IReadOnlyList<Guid>>(async (connection, _) =>
        [.. (await connection.QueryAsync<string>(
            round is null ? "SELECT order_id FROM erasure_orders WHERE erasure_id = @id AND round IS NULL ORDER BY order_id LIMIT @most" : "SELECT order_id FROM erasure_orders WHERE erasure_id = @id AND round = @round ORDER BY order_id LIMIT @most",
            new { id = $"{id:D}", round, most })).Select(Guid.Parse)], false, cancellationToken);

    /// <summary>These orders are told with this round.</summary>
    public Task TellWith(Guid id, int round, IReadOnlyList<Guid> orders, CancellationToken cancellationToken) => Write((connection, transaction) => connection.ExecuteAsync(
        "UPDATE erasure_orders SET round = @round WHERE erasure_id = @id AND order_id = @order", orders.Select(order => new { id = $"{id:D}", round, order = $"{order:D}" }), transaction), false, cancellationToken);

    public Task<long> CountOrders(Guid id, CancellationToken cancellationToken) => Run(
        (connection, _) => connection.QuerySingleAsync<long>("SELECT count(*) FROM erasure_orders WHERE erasure_id = @id", new { id = $"{id:D}" }), false, cancellationToken);

    public Task<IReadOnlyList<ErasureParty>> Parties(Guid id, CancellationToken cancellationToken) => Run<IReadOnlyList<ErasureParty>>(async (connection, _) =>
        [.. (await connection.QueryAsync<(string Party, string State, int Round, long Rows, string? Detail, string? At)>(
            "SELECT party, state, round, rows, detail, answered_at FROM erasure_parties WHERE erasure_id = @id ORDER BY party", new { id = $"{id:D}" }))
            .Select(row => new ErasureParty(row.Party, row.State, row.Round, row.Rows, row.Detail, ErasureText.MaybeTime(row.At)))], false, cancellationToken);

    public Task<Erasure?> Find(Guid id, CancellationToken cancellationToken) => Run(async (connection, _) =>
        await connection.QuerySingleOrDefaultAsync<ErasureRow>($"SELECT {Columns} FROM erasures WHERE erasure_id = @id", new { id = $"{id:D}" }) is { } row ? row.Read() : null, true, cancellationToken);

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<Erasure>> Newest(int most, CancellationToken cancellationToken) => Run<IReadOnlyList<Erasure>>(async (connection, _) =>
        [.. (await connection.QueryAsync<ErasureRow>($"SELECT {Columns} FROM erasures ORDER BY requested_at DESC, erasure_id LIMIT @most", new { most })).Select(row => row.Read())], true, cancellationToken);

    /// <summary>Those that are not done: how many of each state, and when the oldest was asked for.</summary>
    public Task<(long Running, long NeedAttention, DateTimeOffset? Oldest)> CountOpen(CancellationToken cancellationToken) => Run(async (connection, _) =>
    {
        var row = await connection.QuerySingleAsync<(long Running, long NeedAttention, string? Oldest)>(
            """
            SELECT count(CASE WHEN state = @Running THEN 1 END), count(CASE WHEN state = @NeedsAttention THEN 1 END), min(requested_at)
            FROM erasures WHERE state <> 'done'
            """, new { Erasure.Running, Erasure.NeedsAttention });
        return (row.Running, row.NeedAttention, ErasureText.MaybeTime(row.Oldest));
    }, true, cancellationToken);

    private static string Text(ErasureState state) => state switch
    {
        ErasureState.Done => "done",
        ErasureState.ByHand => "byHand",
        _ => "waiting",
    };

    private Task<T> Write<T>(Func<DbConnection, DbTransaction, Task<T>> work, bool patiently, CancellationToken cancellationToken) =>
        Within(token => database.InTransaction(work, token), patiently, cancellationToken);

    private Task<T> Run<T>(Func<DbConnection, CancellationToken, Task<T>> work, bool patiently, CancellationToken cancellationToken) => Within(async token =>
    {
        await using var connection = await database.Open(token);
        return await work(connection, token);
    }, patiently, cancellationToken);

    private Task<T> Within<T>(Func<CancellationToken, Task<T>> work, bool patiently, CancellationToken cancellationToken) =>
        patiently ? database.RunPatiently(work, cancellationToken) : database.Run(work, cancellationToken);
}
