using System.Net;
using System.Text.Json;
using OrderIngest.Tests.ReadingOrders;
using RealServers;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.Tests.WatchingInboxes;

public sealed class When_an_inbox_cannot_be_used : IAsyncLifetime
{
    private const string Key = "OrderIngest:Sources:pos:Inbox";

    private readonly InboxFolder _folder = new();
    private readonly SqliteFile _database = new();

    [Fact]
    public async Task Health_names_the_key_and_the_inbox_is_used_as_soon_as_it_can_be()
    {
        Directory.Delete(_folder.Root);
        await using var ingest = await Start();
        await Says(ingest, "Degraded", $"{Key}: the folder does not exist");
        Directory.CreateDirectory(_folder.Root);
        await Says(ingest, "Healthy", "inboxes looked into every 00:00:00.0500000: 1");

        // In one step: the service is looking into it all the time.
        var elsewhere = $"{_folder.Root}-elsewhere";
        Directory.Move(_folder.Root, elsewhere);
        Directory.Delete(elsewhere, recursive: true);
        await Says(ingest, "Degraded", $"{Key}: the folder does not exist");
        Directory.CreateDirectory(_folder.Root);
        _folder.Deliver("day.csv", FlatFile.Of(Submitted.Order("1")));
        await Eventually.Becomes(() => Task.FromResult(_folder.In("done").Length), count => count == 1);
    }

    [Fact]
    public async Task A_file_in_the_place_of_a_folder_is_said_so()
    {
        File.WriteAllText(_folder["done"], "");
        await using var ingest = await Start();
        await Says(ingest, "Degraded", $"{Key}: a file cannot be read or moved: IOException");
    }

    [Fact]
    public async Task A_link_is_left_alone_and_said_so_and_the_next_file_is_taken()
    {
        File.CreateSymbolicLink(_folder["a.csv"], "/etc/hostname");
        _folder.Deliver("day.csv", FlatFile.Of(Submitted.Order("1")));
        await using var ingest = await Start();
        await Says(ingest, "Degraded", $"{Key}: 1 of its files are links");
        await Eventually.Becomes(() => Task.FromResult(_folder.In("done").Length), count => count == 1);
        Assert.True(File.Exists(_folder["a.csv"]));
    }

    [Fact]
    public async Task A_source_sees_only_its_own_files()
    {
        _folder.Deliver("day.csv", FlatFile.Of(Submitted.Order("1")));
        await using var ingest = await Start(
            ("OrderIngest:Sources:pos:ApiKeyHash", ApiKeys.Hash("key of pos")), ("OrderIngest:Sources:web:ApiKeyHash", ApiKeys.Hash("key of web")), ("OrderIngest:RequireApiKey", "true"));
        await Eventually.Holds(async () => (await Get(ingest, "/files", "key of pos")).Body.Contains("day.csv", StringComparison.Ordinal));
        var id = JsonDocument.Parse((await Get(ingest, "/files", "key of pos")).Body).RootElement.GetProperty("files")[0].GetProperty("id").GetInt64();
        Assert.DoesNotContain("day.csv", (await Get(ingest, "/files", "key of web")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Get(ingest, $"/files/{id}", "key of pos")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Get(ingest, $"/files/{id}", "key of web")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(ingest, "/files", null)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Get(ingest, "/files?source=pos", "key of web")).Status);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private Task<RunningIngest> Start(params (string Key, string Value)[] more) => RunningIngest.Start(_database.ConnectionString, new Dictionary<string, string?>
    {
        [Key] = _folder.Root,
        ["OrderIngest:InboxPollInterval"] = "00:00:00.05",
        ["OrderIngest:InboxQuietTime"] = "00:00:00.1",
    }.Concat(more.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).ToDictionary());

    private static Task<JsonElement> Says(RunningIngest ingest, string status, string words) => Eventually.Becomes(
        async () => (await ingest.Health()).GetProperty("checks").GetProperty("inboxes"),
        inboxes => inboxes.GetProperty("status").GetString() == status && inboxes.GetProperty("says").GetString()!.StartsWith(words, StringComparison.Ordinal), what: words);

    private static async Task<(HttpStatusCode Status, string Body)> Get(RunningIngest ingest, string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
            request.Headers.Add("X-Api-Key", key);
        using var response = await ingest.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
