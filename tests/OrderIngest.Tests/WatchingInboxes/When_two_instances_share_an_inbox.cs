using System.Net.Http.Json;
using System.Text.Json;
using OrderIngest.Tests.ReadingOrders;
using RealServers;

namespace OrderIngest.Tests.WatchingInboxes;

/// <summary>On PostgreSQL only: SQLite is for one process.</summary>
public sealed class When_two_instances_share_an_inbox : IAsyncLifetime
{
    private const int Files = 40, OrdersOfOne = 25;

    private readonly InboxFolder _folder = new();
    private TestDatabase _database = null!;

    [Fact]
    public async Task Each_file_is_taken_by_exactly_one()
    {
        await using var first = await Start();
        await using var second = await Start();
        foreach (var n in Enumerable.Range(0, Files))
            _folder.Deliver($"{n}.csv", FlatFile.Of([.. Enumerable.Range(0, OrdersOfOne).Select(order => Submitted.Order($"{n} {order}"))]));

        await Eventually.Becomes(() => Task.FromResult(_folder.In("done").Length), count => count == Files, TimeSpan.FromSeconds(60));
        var files = await Eventually.Becomes(
            async () => (await first.Http.GetFromJsonAsync<JsonElement>("/files?limit=500")).GetProperty("files").EnumerateArray().ToList(),
            files => files.All(file => file.GetProperty("state").GetString() == "done"));
        Assert.Equal(Files, files.Count);
        Assert.Equal(Files, files.Select(file => file.GetProperty("name").GetString()).Distinct().Count());
        Assert.Equal(Files * OrdersOfOne, files.Sum(file => file.GetProperty("accepted").GetInt32()));
        Assert.Equal(0, files.Sum(file => file.GetProperty("duplicates").GetInt32()));
        Assert.Equal(Files * OrdersOfOne, (await first.Journal.Count(default)).Accepted);
        Assert.Empty(_folder.In("working"));
    }

    public async ValueTask InitializeAsync() => _database = await TestDatabase.Create();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private Task<RunningIngest> Start() => RunningIngest.Start(_database.ConnectionString, new()
    {
        ["OrderIngest:Sources:pos:Inbox"] = _folder.Root,
        ["OrderIngest:InboxPollInterval"] = "00:00:00.05",
        ["OrderIngest:InboxQuietTime"] = "00:00:00.1",
    });
}
