using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Contracts.OrderJourney;
using Dapper;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.ErasingPeople;

/// <summary>A person at a destination, as it is kept until the destination has answered.</summary>
internal sealed record DestinationErasureRow(Guid ErasureId, string Destination, int Round, string State, PersonAtDestination Person, int Attempts, string? Detail, bool Told)
{
    /// <summary>Says which, never whose.</summary>
    public override string ToString() => $"DestinationErasureRow {{ {ErasureId:D}, {Destination}, {State} }}";
}

/// <summary>The table of what is to be erased at destinations; the same statements on both databases.</summary>
internal sealed class DestinationErasureTable([FromKeyedServices(ProfileStoreSenderService.Name)] ServiceDatabase database)
{
    /// <summary>As it is stored, and in messages.</summary>
    public const string Waiting = "waiting", Done = "done", ByHand = "byHand";

    /// <summary>Wants the person erased there: begins, or begins again where more is known of the person or a person had to act. What is done is told once more.</summary>
    public Task Want(PersonErasureRequested request, IEnumerable<string> destinations, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var cards = JsonSerializer.Serialize(request.Cards);
        var asked = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes((string[])[request.Email ?? "", .. request.Cards])));
        var rows = destinations.Select(destination => new { id = $"{request.ErasureId:D}", destination, request.Round, request.Email, cards, asked, now = Text(now) }).ToList();
        return Write((connection, transaction) => connection.ExecuteAsync(
            """
            INSERT INTO destination_erasures AS e (erasure_id, destination, round, state, email, cards, asked, attempts, told, next_at)
            VALUES (@id, @destination, @Round, 'waiting', @Email, @cards, @asked, 0, 0, @now)
            ON CONFLICT (erasure_id, destination) DO UPDATE SET
                round = excluded.round, told = 0, next_at = excluded.next_at, asked = excluded.asked,
                attempts = CASE WHEN e.asked <> excluded.asked OR e.state = 'byHand' THEN 0 ELSE e.attempts END,
                email = CASE WHEN e.asked <> excluded.asked OR e.state <> 'done' THEN excluded.email END,
                cards = CASE WHEN e.asked <> excluded.asked OR e.state <> 'done' THEN excluded.cards END,
                state = CASE WHEN e.asked <> excluded.asked OR e.state <> 'done' THEN 'waiting' ELSE 'done' END
            WHERE excluded.round >= e.round
            """, rows, transaction), cancellationToken);
    }

    /// <summary>Destinations that were asked to erase this person.</summary>
    public Task<IReadOnlyList<string>> Asked(Guid erasureId, CancellationToken cancellationToken) => database.Run<IReadOnlyList<string>>(async token =>
    {
        await using var connection = await database.Open(token);
        return (await connection.QueryAsync<string>("SELECT destination FROM destination_erasures WHERE erasure_id = @id ORDER BY destination", new { id = $"{erasureId:D}" })).AsList();
    }, cancellationToken);

    /// <summary>One that is due at one of these destinations, or with null at any, for whoever asks first.</summary>
    public Task<DestinationErasureRow?> Take(IReadOnlyCollection<string>? destinations, DateTimeOffset now, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        Write(async (connection, transaction) =>
        {
            var served = destinations is null ? "" : database.Kind == DatabaseKind.PostgreSql ? "AND destination = ANY (@served)" : "AND destination IN @served";
            var row = await connection.QuerySingleOrDefaultAsync<Row>(
                $"""
                UPDATE destination_erasures SET next_at = @leaseUntil
                WHERE (erasure_id, destination) IN (
                        SELECT erasure_id, destination FROM destination_erasures
                        WHERE next_at <= @now {served} ORDER BY next_at LIMIT 1)
                    AND next_at <= @now
                RETURNING erasure_id AS ErasureId, destination AS Destination, round AS Round, state AS State, email AS Email, cards AS Cards, attempts AS Attempts, detail AS Detail, told AS Told
                """, new { served = destinations?.ToArray() ?? [], now = Text(now), leaseUntil = Text(leaseUntil) }, transaction);
            return row?.Read();
        }, cancellationToken);

    /// <summary>Writes how it stands. Once it does not wait any more, address and cards are gone.</summary>
    public Task Save(DestinationErasureRow row, DateTimeOffset? nextAt, CancellationToken cancellationToken) => Write((connection, transaction) => connection.ExecuteAsync(
        """
        UPDATE destination_erasures SET state = @State, attempts = @Attempts, detail = @Detail, told = @told, next_at = @nextAt,
            email = CASE WHEN @State = 'waiting' THEN email END, cards = CASE WHEN @State = 'waiting' THEN cards END
        WHERE erasure_id = @id AND destination = @Destination AND round = @Round
        """,
        new { id = $"{row.ErasureId:D}", row.Destination, row.Round, row.State, row.Attempts, row.Detail, told = row.Told ? 1 : 0, nextAt = nextAt is { } at ? Text(at) : null }, transaction), cancellationToken);

    private Task<T> Write<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellationToken) =>
        database.Run(token => database.InTransaction(work, token), cancellationToken);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private sealed class Row
    {
        public required string ErasureId { get; init; }

        public required string Destination { get; init; }

        public required int Round { get; init; }

        public required string State { get; init; }

        public string? Email { get; init; }

        public string? Cards { get; init; }

        public required int Attempts { get; init; }

        public string? Detail { get; init; }

        public required int Told { get; init; }

        public DestinationErasureRow Read() => new(
            Guid.Parse(ErasureId), Destination, Round, State, new(Email, Cards is null ? [] : JsonSerializer.Deserialize<List<string>>(Cards)!), Attempts, Detail, Told != 0);
    }
}
