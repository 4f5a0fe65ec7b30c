using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Benchmarks.Reporting;
using Dapper;
using Npgsql;
using RealServers;
using RunningSystem;

namespace Benchmarks;

/// <summary>This system: five processes, journal, ledger, saga, e-mail marketing, look-up and tracking over HTTP.</summary>
internal sealed class WholeSystem : IAsyncDisposable
{
    private const int OrdersPerRequest = 1000;
    private const int RequestsAtOnce = 2;

    /// <summary>How orders are offered where it goes by throughput.</summary>
    public const string Offering = "NDJSON batches of 1,000 orders, two at a time, each order with two lines and a loyalty card of its own, so that each needs a look-up";

    private int _offered;

    private WholeSystem(InStoreSystem system) => (Processes, Database) = (system, NpgsqlDataSource.Create(system.Database.ConnectionString));

    public InStoreSystem Processes { get; }

    public NpgsqlDataSource Database { get; }

    public static async Task<WholeSystem> Start(params IReadOnlyList<(string Service, string Key, string Value)> extra)
    {
        var system = await Prepare(extra);
        await system.Processes.Start();
        return system;
    }

    /// <summary>Nothing runs yet but the stand-ins.</summary>
    public static async Task<WholeSystem> Prepare(params IReadOnlyList<(string Service, string Key, string Value)> extra) =>
        new(await InStoreSystem.Prepare(new() { ProfileStore = new() { KeepEvents = 0 }, Extra = extra }));

    /// <summary>Offers orders as fast as they are taken, each with a card of its own, and waits until every journey is tracked.</summary>
    public async Task<Throughput> Pass(int orders, CancellationToken cancellationToken)
    {
        var start = await Now();
        var before = ProcessorTimes.Read(Processes.All);
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(Reserve(orders), orders).Chunk(OrdersPerRequest), new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken },
            async (numbers, token) => await Send(numbers, token));
        await WhenTracked(start, orders);
        return new(orders, watch.Elapsed, ProcessorTimes.Read(Processes.All) - before);
    }

    /// <summary>Numbers nobody else gets: the first of them.</summary>
    public int Reserve(int orders) => Interlocked.Add(ref _offered, orders) - orders;

    /// <summary>Posts one order once; its id, or null when the answer was not 202.</summary>
    public async Task<Guid?> Post(int number, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Processes.OrderIngest.Http.PostAsJsonAsync(new Uri("/orders", UriKind.Relative), ErpOrder.Of($"{number}"), cancellationToken);
            return answer.StatusCode == HttpStatusCode.Accepted
                ? (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("orderId").GetGuid() : null;
        }
        catch (Exception exception) when (exception is HttpRequestException || exception is TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            Report.Progress($"order {number}: {exception.Message}");
            return null;
        }
    }

    /// <summary>Where a wait for orders offered from now on begins.</summary>
    public async Task<(DateTimeOffset At, long Stored)> Now() => (TimeProvider.System.GetUtcNow(), (await Processes.ProfileStore.Summary()).Distinct);

    /// <summary>
    /// Until as many orders as were offered since have a journey and no journey has anything left to do. The database is only asked when the profile store has them
    /// all, and only what an index answers whatever is kept: counting the tracked journeys read the whole table, twenty times a second, and was the larger part of
    /// what an order seemed to cost beside millions of others. That the journeys ended well is for <see cref="Check"/> to say.
    /// </summary>
    public async Task WhenTracked((DateTimeOffset At, long Stored) since, int orders)
    {
        await Eventually.Becomes(
            async () => (await Processes.ProfileStore.Summary()).Distinct - since.Stored, stored => stored >= orders, TimeSpan.FromMinutes(10), $"{orders} orders at the profile store");
        await using var connection = await Database.OpenConnectionAsync();
        await Eventually.Becomes(
            () => connection.ExecuteScalarAsync<int>(
                """
                SELECT (SELECT count(*) FROM order_journey.journey_orders WHERE started_at >= @At) - (SELECT count(*) FROM order_journey.journeys WHERE next_check_at IS NOT NULL)
                """, new { since.At }),
            finished => finished >= orders, TimeSpan.FromMinutes(2), $"{orders} finished journeys");
    }

    /// <summary>When each of these journeys became tracked, by its own clock, which is this machine's.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> TrackedAt(Guid[] orders)
    {
        await using var connection = await Database.OpenConnectionAsync();
        var rows = await connection.QueryAsync<(Guid Id, DateTime At)>(
            "SELECT order_id, state_since FROM order_journey.journeys WHERE state = 'Tracked' AND order_id = ANY (@orders)", new { orders });
        return rows.ToDictionary(row => row.Id, row => new DateTimeOffset(row.At));
    }

    /// <summary>Compares journal, journeys, ledger and profile store by key.</summary>
    public Task<Law> Check(params IReadOnlyCollection<Guid> accepted) => Law.Check(Processes, accepted, onlyNamed: true);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Processes.DisposeAsync();
    }

    private async Task Send(int[] numbers, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream();
        foreach (var number in numbers)
        {
            JsonSerializer.Serialize(lines, ErpOrder.Of($"{number}"), JsonSerializerOptions.Web);
            lines.WriteByte((byte)'\n');
        }
        using var body = new ByteArrayContent(lines.GetBuffer(), 0, (int)lines.Length);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var answer = await Processes.OrderIngest.Http.PostAsync(new Uri("/orders/batch", UriKind.Relative), body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var counts = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (counts.GetProperty("accepted").GetInt32() != numbers.Length)
            throw new InvalidOperationException($"{numbers.Length} orders were offered, and the answer was {counts}");
    }
}
