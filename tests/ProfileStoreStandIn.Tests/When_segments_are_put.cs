using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ProfileStoreStandIn.Tests;

public sealed class When_segments_are_put
{
    private const string Definition = """{"Name":"bought.in_a-store","Type":"Events","Category":"Own","Query":"Events | where EventType == {{type}} | take {{most}}","Parameters":[{"Name":"type","Type":"string"},{"Name":"most","Type":"int"}],"Unknown":1}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null)]
    [InlineData("Authorization", "epi-single wrong")]
    [InlineData("Authorization", "epi-single tracking")]
    public async Task They_are_refused_without_the_key_of_the_query_API(string? header, string? value)
    {
        await using var store = await RunningStandIn.Start(new() { Key = "tracking", QueryKey = "query" });

        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(store, HttpMethod.Post, "v2.0/FilterDefinitions", Definition, header, value)).Status);
        Assert.Equal(HttpStatusCode.Created, (await Ask(store, HttpMethod.Post, "v2.0/FilterDefinitions", Definition, "Ocp-Apim-Subscription-Key", "query")).Status);
    }

    [Fact]
    public async Task A_definition_is_kept_without_what_nobody_knows_listed_beside_the_vendors_and_replaced()
    {
        await using var store = await RunningStandIn.Start();
        var created = await Ask(store, HttpMethod.Post, "v2.0/FilterDefinitions", Definition);
        var id = (string)created.Body!["FilterDefinitionId"]!;

        Assert.Equal(HttpStatusCode.OK, (await Ask(store, HttpMethod.Put, $"v2.0/FilterDefinitions/{id}", Definition.Replace("Own", "Other", StringComparison.Ordinal))).Status);

        var list = (await Ask(store, HttpMethod.Get, "v2.0/FilterDefinitions?$skip=0&$top=10")).Body!;
        Assert.Equal((2, 2, true), ((int)list["total"]!, (int)list["count"]!, list["items"]!.AsArray().Any(one => (bool?)one!["Shared"] == true)));
        var kept = (await Ask(store, HttpMethod.Get, $"v2.0/FilterDefinitions/{id}")).Body!;
        Assert.Equal(("Other", null), ((string?)kept["Category"], kept["Unknown"]));
        Assert.Equal(2, await store.SegmentWrites());
        Assert.Equal(HttpStatusCode.NotFound, (await Ask(store, HttpMethod.Put, "v2.0/FilterDefinitions/none", Definition)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Ask(store, HttpMethod.Put, "v2.0/FilterDefinitions/epiAverageSpent", Definition)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Ask(store, HttpMethod.Get, "v2.0/FilterDefinitions?$skip=9900&$top=100")).Status);
    }

    [Theory]
    [InlineData("bought.in_a-store", "bought in a store")]
    [InlineData("bought.in_a-store", "")]
    [InlineData("Events | where EventType == {{type}} | take {{most}}", " ")]
    [InlineData("{{most}}", "{{other}}")]
    [InlineData("\"Own\"", "\"a\\\\b\"")]
    [InlineData("\"Own\"", "\"123456789012345678901234567890123456789012345678901\"")]
    [InlineData("\"Type\":\"Events\"", "\"Type\":\"Orders\"")]
    [InlineData("\"Type\":\"int\"", "\"Type\":\"decimal\"")]
    [InlineData("most", "most1")]
    [InlineData("{\"Name\":\"most\"", "{\"Name\":\"most\",\"Type\":\"int\"},{\"Name\":\"most\"")]
    [InlineData("{\"Name\":\"bought", "[{\"Name\":\"bought")]
    public async Task A_definition_that_breaks_a_rule_is_refused(string right, string wrong)
    {
        await using var store = await RunningStandIn.Start();

        Assert.Equal(HttpStatusCode.BadRequest, (await Ask(store, HttpMethod.Post, "v2.0/FilterDefinitions", Definition.Replace(right, wrong, StringComparison.Ordinal))).Status);
        Assert.Equal(0, await store.SegmentWrites());
    }

    [Theory]
    [InlineData("", "", HttpStatusCode.OK)]
    [InlineData("\"default\"", "\"webshop\"", HttpStatusCode.OK)]
    [InlineData("\"default\"", "\"typo\"", HttpStatusCode.BadRequest)]
    [InlineData("\"Name\":\"Seg\",", "", HttpStatusCode.BadRequest)]
    [InlineData("THE-ID", "another", HttpStatusCode.BadRequest)]
    [InlineData("\"Value\":5", "\"Value\":\"5\"", HttpStatusCode.OK)]
    [InlineData("\"Value\":5", "\"Value\":\"many\"", HttpStatusCode.BadRequest)]
    [InlineData(",{\"Name\":\"most\",\"Value\":5}", "", HttpStatusCode.BadRequest)]
    [InlineData("{\"Name\":\"most\",\"Value\":5}", "{\"Name\":\"most\",\"Value\":5},{\"Name\":\"more\",\"Value\":5}", HttpStatusCode.BadRequest)]
    public async Task A_segment_needs_a_scope_that_exists_and_a_definition_with_a_value_for_each_parameter(string right, string wrong, HttpStatusCode expected)
    {
        await using var store = await RunningStandIn.Start(new() { Scopes = ["webshop"], SegmentsOfUi = ["made-by-hand"] });
        var definition = (string)(await Ask(store, HttpMethod.Post, "v2.0/FilterDefinitions", Definition)).Body!["FilterDefinitionId"]!;
        var segment = """{"Name":"Seg","Scope":"default","Filters":[{"FilterDefinitionId":"THE-ID","Parameters":[{"Name":"type","Value":"StorePurchase"},{"Name":"most","Value":5}]}]}""";
        if (right.Length > 0)
            segment = segment.Replace(right, wrong, StringComparison.Ordinal);
        segment = segment.Replace("THE-ID", definition, StringComparison.Ordinal);

        Assert.Equal(expected, (await Ask(store, HttpMethod.Put, "v2.0/Segments/s1", segment)).Status);
        Assert.Equal(expected == HttpStatusCode.OK ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await Ask(store, HttpMethod.Get, "v2.0/Segments/s1")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Ask(store, HttpMethod.Put, "v2.0/Segments/made-by-hand", segment)).Status);
    }

    [Fact]
    public async Task Twenty_scopes_may_be_made_beside_the_built_in_one()
    {
        await using var store = await RunningStandIn.Start();
        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, (await Ask(store, HttpMethod.Put, $"v1.0/scopes/shop_{i}", "{}")).Status);

        Assert.Equal(HttpStatusCode.BadRequest, (await Ask(store, HttpMethod.Put, "v1.0/scopes/shop_20", "{}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Ask(store, HttpMethod.Put, "v1.0/scopes/shop_1", $$"""{"Description":"{{new string('x', 256)}}"}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Ask(store, HttpMethod.Put, "v1.0/scopes/shop_1", $$"""{"Description":"{{new string('x', 257)}}"}""")).Status);
        Assert.Equal(21, (int)(await Ask(store, HttpMethod.Get, "v1.0/scopes")).Body!["total"]!);
    }

    [Theory]
    [InlineData("Shop")]
    [InlineData("web-shop")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task A_scope_has_up_to_64_small_letters_digits_and_underscores(string id)
    {
        await using var store = await RunningStandIn.Start();

        Assert.Equal(HttpStatusCode.BadRequest, (await Ask(store, HttpMethod.Put, $"v1.0/scopes/{id}", "{}")).Status);
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body)> Ask(
        RunningStandIn store, HttpMethod method, string path, string? body = null, string? header = "Authorization", string? value = "epi-single k")
    {
        using var http = new HttpClient { BaseAddress = store.Address };
        using var request = new HttpRequestMessage(method, new Uri($"/api/{path}", UriKind.Relative));
        if (header is not null)
            request.Headers.TryAddWithoutValidation(header, value);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, Stop);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop)));
    }
}
