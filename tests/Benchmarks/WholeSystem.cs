using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Npgsql;
using RealServers;
using RunningSystem;

namespace Benchmarks;

/// <summary>This system: five processes, journal, ledger, saga, e-mail marketing, look-up and tracking over HTTP. Orders come in as NDJSON batches.</summary>
internal sealed class WholeSystem : IAsyncDisposable
{
    private const int OrdersPerRequest = 1000;
    private const int RequestsAtOnce = 2;

    private readonly InStoreSystem _system;
    private readonly NpgsqlDataSource _database;
    private int _offered;

    private WholeSystem(InStoreSystem system) => (_system, _database) = (system, NpgsqlDataSource.Create(system.Database.ConnectionString));

    public InStoreSystem Processes => _system;

    public static async Task<WholeSystem> Start(SystemSettings? settings = null)
    {
        var system = await InStoreSystem.Prepare(settings ?? new() { ProfileStore = new() { KeepEvents = 0 } });
        await system.Start();
        return new(system);
    }

    /// <summary>Offers orders as fast as they are taken, each with a card of its own, and waits until every journey is tracked.</summary>
    public async Task<Throughput> Pass(int orders)
    {
        var before = ProcessorTimes.Read(own: true, _system.All);
        var watch = Stopwatch.StartNew();
        var first = _offered;
        _offered += orders;
        await Parallel.ForEachAsync(
            Enumerable.Range(first, orders).Chunk(OrdersPerRequest), new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce },
            async (numbers, token) => await Send(numbers, token));
        await Eventually.Holds(async () => (await _system.ProfileStore.Summary()).Distinct >= _offered, TimeSpan.FromMinutes(10), $"{_offered} orders at the profile store");
        await Eventually.Becomes(Tracked, tracked => tracked >= _offered, TimeSpan.FromMinutes(2), $"{_offered} tracked journeys");
        return new(orders, watch.Elapsed, ProcessorTimes.Read(own: true, _system.All) - before);
    }

    /// <summary>Compares journal, journeys, ledger and profile store by key.</summary>
    public Task<Law> Check() => Law.Check(_system, []);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _system.DisposeAsync();
    }

    private async Task<int> Tracked()
    {
        await using var connection = await _database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM order_journey.journeys WHERE state = 'Tracked'");
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
        using var answer = await _system.OrderIngest.Http.PostAsync(new Uri("/orders/batch", UriKind.Relative), body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var counts = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (counts.GetProperty("accepted").GetInt32() != numbers.Length)
            throw new InvalidOperationException($"{numbers.Length} orders were offered, and the answer was {counts}");
    }
}
