using System.Text.Json;
using System.Text.Json.Nodes;
using OrderIngest.Tests.RepairingRejectedInput;
using OrderIngest.Tests.WatchingInboxes;
using RealServers;

namespace OrderIngest.Tests.DescribingRoutes;

/// <summary>A service to which happened what the document tells by way of example: monday.csv lay in the inbox of pos, and one of its two orders has a fault.</summary>
internal sealed class DescribedExamples : IAsyncDisposable
{
    private const string Good = "0201,1,010050,2026-01-19,2026-01-19T10:05:00+01:00,sale,SEK,2900000000100,53.53,1,W0011,Courgettes,1.010,kg,53.00,,53.53";

    private readonly SqliteFile _database = new();
    private readonly InboxFolder _inbox = new();

    private DescribedExamples()
    {
    }

    public RunningIngest Ingest { get; private set; } = null!;

    public DescribedRoutes Routes { get; private set; } = null!;

    public DescribedRoute this[string id] => Routes.All.Single(route => route.Id == id);

    public static async Task<DescribedExamples> Start()
    {
        var examples = new DescribedExamples();
        examples.Ingest = await RunningIngest.Start(examples._database.ConnectionString, new()
        {
            ["OrderIngest:Sources:pos:Inbox"] = examples._inbox.Root,
            ["OrderIngest:InboxPollInterval"] = "00:00:00.05",
            ["OrderIngest:InboxQuietTime"] = "00:00:00.15",
            ["OrderIngest:OperatorKeyHashes:0"] = ServiceDefaults.GuardingAccess.ApiKeys.Hash("operator"),
        });
        examples.Routes = await DescribedRoutes.Of(examples.Ingest.Services);
        var lines = examples.Shown("GetRejectedBody", "200", "text/csv", "rows")!.GetValue<string>().Split('\n');
        examples._inbox.Deliver("monday.csv", string.Join('\n', [lines[0], Good, .. lines[1..]]));
        await Eventually.Becomes(
            async () => (await examples.Ingest.Get("/files")).Body.GetProperty("files"),
            files => files.GetArrayLength() == 1 && files[0].GetProperty("movedTo").ValueKind == JsonValueKind.String, what: "monday.csv");
        return examples;
    }

    /// <summary>An example of an answer.</summary>
    public JsonNode? Shown(string id, string status, string type, string name) => this[id].Responses[status]!["content"]![type]!["examples"]![name]!["value"];

    /// <summary>The same without its times and without what names the request in the traces.</summary>
    public static string Timeless(JsonNode? node) => Without(node)?.ToJsonString() ?? "null";

    public async ValueTask DisposeAsync()
    {
        await Ingest.DisposeAsync();
        await _database.DisposeAsync();
        _inbox.Dispose();
    }

    private static JsonNode? Without(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(member => member.Key != "traceId").Select(member =>
            KeyValuePair.Create(member.Key, member.Key.EndsWith("At", StringComparison.Ordinal) && member.Value is JsonValue ? JsonValue.Create("a time") : Without(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Without)]),
        _ => node?.DeepClone(),
    };
}
