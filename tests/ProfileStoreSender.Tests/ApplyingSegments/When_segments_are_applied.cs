using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using ProfileStoreSender.ApplyingSegments;
using ProfileStoreStandIn;

namespace ProfileStoreSender.Tests.ApplyingSegments;

public sealed class When_segments_are_applied
{
    private const string Key = "secret-query-key";

    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "optimizely");

    [Theory]
    [InlineData("epi-single")]
    [InlineData("Ocp-Apim-Subscription-Key")]
    public async Task They_are_created_once_and_never_again(string scheme)
    {
        await using var store = await Start();

        var first = await Run(store, ["apply"], ("AuthenticationScheme", scheme));
        var second = await Run(store, ["apply"], ("AuthenticationScheme", scheme));

        Assert.Equal((0, 0), (first.Exit, second.Exit));
        Assert.Equal("filter definition 'viewed-online-bought-in-store': created\nsegment 'Viewed online, bought in store': created\n", first.Output);
        Assert.Equal("filter definition 'viewed-online-bought-in-store': unchanged\nsegment 'Viewed online, bought in store': unchanged\n", second.Output);
        Assert.Equal(2, await store.SegmentWrites());
        var segment = Assert.Single(await Items(store, "Segments"));
        var definition = Assert.Single(await Items(store, "FilterDefinitions"), one => (string?)one["Name"] == "viewed-online-bought-in-store");
        Assert.Equal(((string?)definition["FilterDefinitionId"], "webshop"), ((string?)segment["Filters"]![0]!["FilterDefinitionId"], (string?)segment["Scope"]));
        Assert.Contains("{{days}} * 1d", (string?)definition["Query"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_is_otherwise_is_replaced()
    {
        await using var store = await Start();
        await Run(store, ["apply"]);

        var changed = await Run(store, ["apply", "--parameters", await Parameters("""{"days":7}""")]);

        Assert.Equal(0, changed.Exit);
        Assert.Equal("filter definition 'viewed-online-bought-in-store': unchanged\nsegment 'Viewed online, bought in store': replaced\n", changed.Output);
        var segment = Assert.Single(await Items(store, "Segments"));
        Assert.Equal((7, "StorePurchase"), ((int)Value(segment, "days")!, (string?)Value(segment, "storeEvent")));
    }

    [Fact]
    public async Task Each_scope_gets_its_segment_and_all_share_the_definition()
    {
        await using var store = await Start();

        await Run(store, ["apply"]);
        var other = await Run(store, ["apply", "--scope", "outlet"], ("EventType", "OutletPurchase"));

        Assert.Equal(0, other.Exit);
        Assert.Equal(["outlet", "webshop"], (await Items(store, "Segments")).Select(one => (string?)one["Scope"]).Order());
        Assert.Single(await Items(store, "FilterDefinitions"), one => one["Shared"] is null);
        Assert.Equal("OutletPurchase", (string?)Value((await Items(store, "Segments")).Single(one => (string?)one["Scope"] == "outlet"), "storeEvent"));
    }

    [Fact]
    public async Task They_are_shown_with_what_differs_and_nothing_is_written()
    {
        await using var store = await Start();

        var before = await Run(store, ["show"]);
        Assert.Equal((2, 0), (before.Exit, await store.SegmentWrites()));
        Assert.Contains("segment 'Viewed online, bought in store': is not there", before.Output, StringComparison.Ordinal);
        Assert.Contains("\"Scope\": \"webshop\"", before.Output, StringComparison.Ordinal);

        await Run(store, ["apply"]);
        var same = await Run(store, ["show"]);
        Assert.Equal(0, same.Exit);
        Assert.Contains("segment 'Viewed online, bought in store': is there as it should be", same.Output, StringComparison.Ordinal);

        var differs = await Run(store, ["show", "--parameters", await Parameters("""{"minimumViews":3}""")]);
        Assert.Equal((2, 2), (differs.Exit, await store.SegmentWrites()));
        Assert.Contains("segment 'Viewed online, bought in store': differs in Filters[0].Parameters[minimumViews].Value", differs.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_shown_without_a_service_to_ask()
    {
        var shown = await Run(null, ["show"]);

        Assert.Equal(0, shown.Exit);
        Assert.Contains("segment 'Viewed online, bought in store': not compared", shown.Output, StringComparison.Ordinal);
        Assert.Contains("ProfileStore:QueryBaseAddress is not set", shown.Output, StringComparison.Ordinal);
    }

    /// <summary>A guessed name that the service does not know would be dropped in silence, and the segment be empty.</summary>
    [Fact]
    public async Task What_the_service_did_not_keep_is_a_failure_that_says_what()
    {
        await using var store = await Start();
        var folder = Directory.CreateTempSubdirectory("segments").FullName;
        foreach (var file in Directory.GetFiles(Shipped))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var segment = Path.Combine(folder, "viewed-online-bought-in-store.segment.json");
        await File.WriteAllTextAsync(segment, (await File.ReadAllTextAsync(segment, Stop)).Replace("\"Filters\"", "\"FilterList\"", StringComparison.Ordinal), Stop);

        var applied = await Run(store, ["apply", "--folder", folder]);

        Directory.Delete(folder, recursive: true);
        Assert.Equal(1, applied.Exit);
        Assert.Contains("keeps something else in FilterList", applied.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("QueryBaseAddress", null, "ProfileStore:QueryBaseAddress")]
    [InlineData("QueryBaseAddress", "profiles", "ProfileStore:QueryBaseAddress")]
    [InlineData("QueryKey", "", "ProfileStore:QueryKey")]
    [InlineData("QueryKey", "wrong-key", "answered 401 (check ProfileStore:QueryKey")]
    [InlineData("QueryBaseAddress", "http://127.0.0.1:1", "got no answer (ConnectionError)")]
    [InlineData("Scope", "typo", "answered 400: ")]
    public async Task What_is_wrong_is_said_in_one_line_without_the_key(string setting, string? value, string says)
    {
        await using var store = await Start();

        var applied = await Run(store, ["apply"], (setting, value));

        Assert.Equal(1, applied.Exit);
        Assert.Contains(says, Assert.Single(applied.Errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("-key", applied.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"dayz":7}""", "place for the parameter 'dayz'; there are availableForPersonalization, days,")]
    [InlineData("""{"days":null}""", "'days' is neither")]
    [InlineData("""{"days":[7]}""", "'days' is neither")]
    [InlineData("""{"days":""", "is no JSON: line 1")]
    [InlineData("""[]""", "is no JSON object")]
    [InlineData("""{"filterDefinitionName":"epiAverageSpent"}""", "of the vendor's")]
    [InlineData("""{"filterDefinitionName":"has blanks"}""", "answered 400")]
    public async Task Parameters_that_cannot_be_right_write_nothing(string parameters, string says)
    {
        await using var store = await Start();

        var applied = await Run(store, ["apply", "--parameters", await Parameters(parameters)]);

        Assert.Equal((1, 0), (applied.Exit, await store.SegmentWrites()));
        Assert.Contains(says, applied.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_definition_on_a_later_page_is_found()
    {
        await using var store = await Start();
        using var http = Http(store);
        for (var i = 0; i < 150; i++)
            (await http.PostAsJsonAsync("api/v2.0/FilterDefinitions", new { Name = $"other-{i}", Type = "Events", Query = "Events | take 1" }, Stop)).EnsureSuccessStatusCode();

        await Run(store, ["apply"]);
        var again = await Run(store, ["apply"]);

        Assert.Equal((0, 152), (again.Exit, await store.SegmentWrites()));
    }

    [Fact]
    public async Task Two_definitions_of_one_name_are_left_to_a_person()
    {
        await using var store = await Start();
        using var http = Http(store);
        for (var i = 0; i < 2; i++)
            (await http.PostAsJsonAsync("api/v2.0/FilterDefinitions", new { Name = "viewed-online-bought-in-store", Type = "Events", Query = "Events | take 1" }, Stop)).EnsureSuccessStatusCode();

        var applied = await Run(store, ["apply"]);

        Assert.Equal((1, 2), (applied.Exit, await store.SegmentWrites()));
        Assert.Contains("There are 2 filter definitions", applied.Errors, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<RunningStandIn> Start() => RunningStandIn.Start(new() { Key = "secret-tracking-key", QueryKey = Key, Scopes = ["webshop", "outlet"] });

    private static async Task<(int Exit, string Output, string Errors)> Run(RunningStandIn? store, string[] args, params (string Key, string? Value)[] settings)
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

    private static async Task<string> Parameters(string json)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("parameters").FullName, "mine.json");
        await File.WriteAllTextAsync(file, json, Stop);
        return file;
    }

    private static HttpClient Http(RunningStandIn store)
    {
        var http = new HttpClient { BaseAddress = store.Address };
        http.DefaultRequestHeaders.Authorization = new("epi-single", Key);
        return http;
    }

    private static async Task<IReadOnlyList<JsonObject>> Items(RunningStandIn store, string kind)
    {
        using var http = Http(store);
        return [.. (await http.GetFromJsonAsync<JsonObject>($"api/v2.0/{kind}", Stop))!["items"]!.AsArray().Select(one => one!.AsObject())];
    }

    private static JsonNode? Value(JsonObject segment, string parameter) =>
        segment["Filters"]![0]!["Parameters"]!.AsArray().Single(one => (string?)one!["Name"] == parameter)!["Value"];
}
