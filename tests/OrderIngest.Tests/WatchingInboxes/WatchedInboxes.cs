using System.Net.Http.Json;
using System.Text.Json;
using RealServers;

namespace OrderIngest.Tests.WatchingInboxes;

/// <summary>A running service with an inbox of source pos (flat files) and one of source web (JSON).</summary>
public abstract class WatchedInboxes : OnEitherDatabase
{
    private protected InboxFolder Folder { get; } = new();

    private protected InboxFolder WebFolder { get; } = new();

    private protected RunningIngest Ingest { get; private set; } = null!;

    protected override async Task Begin() => Ingest = await Start();

    protected override async Task End()
    {
        await Ingest.DisposeAsync();
        Folder.Dispose();
        WebFolder.Dispose();
    }

    /// <summary>The same folders and the same database under another configuration.</summary>
    protected async Task Restart(params (string Key, string Value)[] more)
    {
        await Ingest.DisposeAsync();
        Ingest = await Start(more);
    }

    private Task<RunningIngest> Start(params (string Key, string Value)[] more) => RunningIngest.Start(Database, new Dictionary<string, string?>
    {
        ["OrderIngest:Sources:pos:Inbox"] = Folder.Root,
        ["OrderIngest:Sources:web:Inbox"] = WebFolder.Root,
        ["OrderIngest:InboxPollInterval"] = "00:00:00.05",
        ["OrderIngest:InboxQuietTime"] = "00:00:00.15",
        ["OrderIngest:InboxLease"] = "00:00:01",
    }.Concat(more.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).ToDictionary());

    protected Task<JsonElement> Finished(string name) => Eventually.Becomes(
        async () => (await Files()).FirstOrDefault(file => file.GetProperty("name").GetString() == name),
        file => file.ValueKind == JsonValueKind.Object && file.GetProperty("movedTo").GetString() is { } place
            && new[] { Folder, WebFolder }.Any(folder => File.Exists(folder[$"{place}.report.json"])),
        what: name);

    protected async Task<List<JsonElement>> Files(string query = "") => [.. (await Ingest.Http.GetFromJsonAsync<JsonElement>($"/files{query}")).GetProperty("files").EnumerateArray()];

    protected static (string, int, int, int, int, int) Seen(JsonElement file) => (
        file.GetProperty("state").GetString()!, file.GetProperty("accepted").GetInt32(), file.GetProperty("duplicates").GetInt32(), file.GetProperty("conflicts").GetInt32(),
        file.GetProperty("rejected").GetInt32(), file.GetProperty("rows").GetInt32());
}
