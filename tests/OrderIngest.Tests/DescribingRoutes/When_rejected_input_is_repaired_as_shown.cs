using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OrderIngest.Tests.DescribingRoutes;

/// <summary>The document's story of monday.csv, from its examples alone: what they show is what is answered, but for the times.</summary>
public sealed class When_rejected_input_is_repaired_as_shown : IAsyncLifetime
{
    private DescribedExamples _examples = null!;

    [Theory]
    [InlineData("GetFile", "done", "")]
    [InlineData("GetFiles", "page", "")]
    [InlineData("GetRejectedInput", "open", "")]
    [InlineData("SummariseRejected", "numbers", "")]
    [InlineData("GetRejectedBody", "rows", "")]
    [InlineData("DownloadRejected", "rows", "?file=monday.csv")]
    public async Task It_is_found(string id, string example, string query)
    {
        var (body, type) = await Get($"{_examples[id].Example()}{query}");
        Assert.Equal(DescribedExamples.Timeless(_examples.Shown(id, "200", type, example)), DescribedExamples.Timeless(type == "application/json" ? JsonNode.Parse(body) : JsonValue.Create(body)));
    }

    [Fact]
    public async Task It_is_listed_with_every_filter_that_is_shown()
    {
        var filters = _examples["GetRejected"].Parameters.Where(parameter => (string)parameter["name"]! is not ("after" or "from" or "to"))
            .Select(parameter => $"{parameter["name"]}={Uri.EscapeDataString($"{parameter["example"]}")}");
        var (body, _) = await Get($"/rejected?{string.Join('&', filters)}");
        var shown = _examples.Shown("GetRejected", "200", "application/json", "page")!["rejected"];
        Assert.Equal(DescribedExamples.Timeless(shown), DescribedExamples.Timeless(JsonNode.Parse(body)!["rejected"]));
    }

    [Fact]
    public async Task Its_faults_are_told_in_a_file()
    {
        var (body, _) = await Get("/rejected/faults.csv");
        var shown = _examples.Shown("GetRejectedFaults", "200", "text/csv", "rows")!.GetValue<string>();
        Assert.Equal(Cells(shown), Cells(body));

        // All but the two times.
        static IEnumerable<string> Cells(string csv) => csv.Split("\r\n").Select(row => string.Join(',', row.Split(',').Where((_, at) => at is not (11 or 12))));
    }

    [Fact]
    public async Task It_is_repaired_with_the_body_that_is_shown()
    {
        var route = _examples["ResubmitRejectedInput"];
        var (status, refused) = await Send(route.Example(), null, null);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(DescribedExamples.Timeless(_examples.Shown(route.Id, "400", "application/problem+json", "order-invalid")), DescribedExamples.Timeless(refused));

        var rows = route.Requests.Single(request => request.Type == "text/csv").Value.GetValue<string>();
        (status, var forecast) = await Send($"{route.Example()}?dryRun=true", rows, "text/csv");
        Assert.Equal((HttpStatusCode.OK, DescribedExamples.Timeless(_examples.Shown(route.Id, "200", "application/json", "dry-run"))), (status, DescribedExamples.Timeless(forecast)));
        (status, var accepted) = await Send(route.Example(), rows, "text/csv");
        Assert.Equal((HttpStatusCode.Accepted, DescribedExamples.Timeless(_examples.Shown(route.Id, "202", "application/json", "accepted"))), (status, DescribedExamples.Timeless(accepted)));

        // The same sale again, in our own JSON: it is not open any more.
        (status, var again) = await Send(route.Example(), route.Requests.Single(request => request.Type == "application/json").Value.ToJsonString(), "application/json");
        Assert.Equal((HttpStatusCode.Conflict, DescribedExamples.Timeless(_examples.Shown(route.Id, "409", "application/problem+json", "not-open"))), (status, DescribedExamples.Timeless(again)));
        var (detail, _) = await Get(_examples["GetRejectedInput"].Example());
        Assert.Equal(DescribedExamples.Timeless(_examples.Shown("GetRejectedInput", "200", "application/json", "repaired")), DescribedExamples.Timeless(JsonNode.Parse(detail)));
    }

    public async ValueTask InitializeAsync() => _examples = await DescribedExamples.Start();

    public ValueTask DisposeAsync() => _examples.DisposeAsync();

    private async Task<(string Body, string Type)> Get(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Api-Key", "operator");
        using var response = await _examples.Ingest.Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        return (body, response.Content.Headers.ContentType!.MediaType!);
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> Send(string path, string? body, string? type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, type!) };
        request.Headers.Add("X-Api-Key", "operator");
        using var response = await _examples.Ingest.Http.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
