using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using ProfileStoreSender.ApplyingSegments;
using ProfileStoreStandIn;

namespace ProfileStoreSender.Tests.ApplyingSegments;

/// <summary>The command as a person would run it, against a stand-in with two scopes and a key of its own for the query API.</summary>
internal static class SegmentsTrial
{
    private const string Key = "secret-query-key";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<RunningStandIn> Start() => RunningStandIn.Start(new() { Key = "secret-tracking-key", QueryKey = Key, Scopes = ["webshop", "outlet"] });

    public static async Task<(int Exit, string Output, string Errors)> Run(RunningStandIn? store, string[] args, params (string Key, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["ProfileStore:QueryBaseAddress"] = store?.Address.ToString(),
            ["ProfileStore:QueryKey"] = Key,
            ["ProfileStore:Scope"] = "webshop",
        };
        foreach (var (key, value) in settings)
            all[$"ProfileStore:{key}"] = value;
        using StringWriter output = new() { NewLine = "\n" }, errors = new() { NewLine = "\n" };
        var exit = await SegmentsCommand.Run(["segments", .. args], new ConfigurationBuilder().AddInMemoryCollection(all).Build(), output, errors);
        return (exit, output.ToString(), errors.ToString());
    }

    /// <summary>With a file of parameters that is gone afterwards.</summary>
    public static async Task<(int Exit, string Output, string Errors)> RunWith(string parameters, RunningStandIn store, string command)
    {
        var folder = Directory.CreateTempSubdirectory("parameters");
        try
        {
            var file = Path.Combine(folder.FullName, "mine.json");
            await File.WriteAllTextAsync(file, parameters, Stop);
            return await Run(store, [command, "--parameters", file]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static HttpClient Http(RunningStandIn store)
    {
        var http = new HttpClient { BaseAddress = store.Address };
        http.DefaultRequestHeaders.Authorization = new("epi-single", Key);
        return http;
    }

    public static async Task<IReadOnlyList<JsonObject>> Items(RunningStandIn store, string kind)
    {
        using var http = Http(store);
        return [.. (await http.GetFromJsonAsync<JsonObject>($"api/v2.0/{kind}", Stop))!["items"]!.AsArray().Select(one => one!.AsObject())];
    }

    public static JsonNode? Value(JsonObject segment, string parameter) =>
        segment["Filters"]![0]!["Parameters"]!.AsArray().Single(one => (string?)one!["Name"] == parameter)!["Value"];
}
