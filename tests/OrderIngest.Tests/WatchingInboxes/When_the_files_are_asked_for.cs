using System.Net;
using System.Text.Json;
using OrderIngest.Tests.ReadingOrders;
using OrderIngest.Tests.RepairingRejectedInput;
using RealServers;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.Tests.WatchingInboxes;

public sealed class When_the_files_are_asked_for : IAsyncLifetime
{
    private readonly SqliteFile _database = new();
    private readonly InboxFolder _pos = new(), _web = new();
    private RunningIngest _ingest = null!;

    [Fact]
    public async Task An_operator_sees_those_of_all_sources_and_a_source_its_own()
    {
        Assert.Equal(["pos.csv", "web.json"], await Names("/files", "operator"));
        Assert.Equal(["pos.csv"], await Names("/files", "key of pos"));
        Assert.Equal(["web.json"], await Names("/files", "key of web"));
    }

    [Fact]
    public async Task An_operator_may_ask_for_one_source_and_a_source_for_no_other()
    {
        Assert.Equal(["web.json"], await Names("/files?source=WEB", "operator"));
        Assert.Equal(["pos.csv"], await Names("/files?source=pos&state=done", "operator"));
        Assert.Equal([], await Names("/files?source=former", "operator"));
        Assert.Equal(HttpStatusCode.Forbidden, (await _ingest.Get("/files?source=web", "key of pos")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _ingest.Get("/files?source=a%00b", "operator")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _ingest.Get("/files")).Status);
    }

    [Fact]
    public async Task One_is_shown_to_an_operator_and_to_its_source_alone()
    {
        var file = (await _ingest.Get("/files?source=pos", "operator")).Body.GetProperty("files")[0].Number("id");
        Assert.Equal("pos.csv", (await _ingest.Get($"/files/{file}", "operator")).Body.Text("name"));
        Assert.Equal(HttpStatusCode.OK, (await _ingest.Get($"/files/{file}", "key of pos")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _ingest.Get($"/files/{file}", "key of web")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _ingest.Get("/files/999999", "operator")).Status);
    }

    public async ValueTask InitializeAsync()
    {
        _ingest = await RunningIngest.Start(
            _database.ConnectionString,
            new()
            {
                ["OrderIngest:Sources:pos:ApiKeyHash"] = ApiKeys.Hash("key of pos"),
                ["OrderIngest:Sources:web:ApiKeyHash"] = ApiKeys.Hash("key of web"),
                ["OrderIngest:OperatorKeyHashes:0"] = ApiKeys.Hash("operator"),
                ["OrderIngest:Sources:pos:Inbox"] = _pos.Root,
                ["OrderIngest:Sources:web:Inbox"] = _web.Root,
                ["OrderIngest:InboxPollInterval"] = "00:00:00.05",
                ["OrderIngest:InboxQuietTime"] = "00:00:00.15",
            },
            environment: "Production");
        _pos.Deliver("pos.csv", FlatFile.Of(Submitted.Order("1")));
        _web.Deliver("web.json", Submitted.Json(Submitted.Order("2")));
        foreach (var key in new[] { "key of pos", "key of web" })
        {
            await Eventually.Becomes(
                async () => (await _ingest.Get("/files", key)).Body.GetProperty("files"),
                files => files.GetArrayLength() == 1 && files[0].GetProperty("movedTo").ValueKind == JsonValueKind.String, what: key);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
        _pos.Dispose();
        _web.Dispose();
    }

    private async Task<IEnumerable<string>> Names(string path, string key) =>
        (await _ingest.Get(path, key)).Body.GetProperty("files").EnumerateArray().Select(file => file.Text("name")!).Order(StringComparer.Ordinal);
}
