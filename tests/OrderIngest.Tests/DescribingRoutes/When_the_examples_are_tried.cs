using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OrderIngest.Tests.DescribingRoutes;

/// <summary>What the document shows is what happens.</summary>
public sealed class When_the_examples_are_tried : IAsyncLifetime
{
    private DescribedExamples _examples = null!;

    private RunningIngest Ingest => _examples.Ingest;

    private DescribedRoutes Routes => _examples.Routes;

    [Fact]
    public async Task The_order_of_the_document_is_accepted_and_answered_as_shown()
    {
        var route = Routes.All.Single(route => route.Id == "PostOrder");
        foreach (var (type, name, value) in route.Requests)
        {
            using var response = await Ingest.Post(Text(value), "/orders?source=pos", type);
            Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{name}: {await response.Content.ReadAsStringAsync()}");
        }
        var sale = route.Requests.Single(request => request.Name == "sale").Value;
        using var again = await Ingest.Post(Text(sale), "/orders?source=pos");
        Assert.Contains(await again.Content.ReadAsStringAsync(), route.Examples("202").Select(example => example!.ToJsonString()));
        Assert.Equal((string?)route.Responses["202"]!["headers"]!["Location"]!["example"], again.Headers.Location!.ToString());

        var get = Routes.All.Single(route => route.Id == "GetOrder");
        var state = JsonNode.Parse(await Ingest.Http.GetStringAsync(get.Example()))!;
        var shown = Assert.Single(get.Examples("200"))!;
        Assert.Equal(Shape.Of(shown), Shape.Of(state));
        Assert.True(JsonNode.DeepEquals(shown["order"], state["order"]), $"shown {shown["order"]}, answered {state["order"]}");
    }

    [Fact]
    public async Task The_batches_of_the_document_are_answered_as_shown()
    {
        var route = Routes.All.Single(route => route.Id == "PostOrders");
        Assert.Contains(route.Requests, request => request.Type == "text/csv");
        var lines = route.Requests.Single(request => request.Type == "application/x-ndjson").Value;
        using var first = await Ingest.Post(Text(lines), "/orders/batch?source=pos", "application/x-ndjson");
        var rows = route.Requests.Single(request => request.Type == "text/csv").Value;
        using var second = await Ingest.Post(Text(rows), "/orders/batch?source=pos", "text/csv");
        var document = route.Requests.Single(request => request.Type == "application/xml").Value;
        using var third = await Ingest.Post(Text(document), "/orders/batch?source=pos", "application/xml");
        Assert.All([await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync(), await third.Content.ReadAsStringAsync()], answer =>
            Assert.Contains(route.Examples("200"), example => JsonNode.DeepEquals(example, JsonNode.Parse(answer))));
    }

    [Fact]
    public async Task A_batch_is_the_same_under_each_name_of_its_type()
    {
        var route = Routes.All.Single(route => route.Id == "PostOrders");
        var seen = new Dictionary<string, HashSet<string>>();
        foreach (var (type, name, value) in route.Requests)
        {
            // Once for the journal, once for the answer: the second time everything is known.
            using var once = await Ingest.Post(Text(value), "/orders/batch?source=pos", type);
            using var again = await Ingest.Post(Text(value), "/orders/batch?source=pos", type);
            (seen.TryGetValue(name, out var answers) ? answers : seen[name] = []).Add(await again.Content.ReadAsStringAsync());
        }
        Assert.Equal(7, route.Requests.Count());
        Assert.All(seen, answers => Assert.True(answers.Value is { Count: 1 } && answers.Value.Single().Contains("\"accepted\":0,\"duplicates\":", StringComparison.Ordinal), string.Join(' ', answers.Value)));
    }

    [Fact]
    public async Task Every_word_that_a_parameter_may_have_is_understood_and_no_other()
    {
        var tried = new List<string>();
        foreach (var (route, parameter) in Routes.All.SelectMany(route => route.Parameters, (route, parameter) => (route, parameter)))
        {
            if (parameter["schema"]!["enum"] is not JsonArray words)
                continue;
            foreach (var word in words.Select(word => (string)word!).Append("else"))
            {
                using var request = new HttpRequestMessage(new(route.Method), $"{route.Example()}?source=pos&{parameter["name"]}={word}");
                using var response = await Ingest.Http.SendAsync(request);
                var refused = response.StatusCode == HttpStatusCode.BadRequest;
                // Of a word that is understood other things may be wrong: there is no body, or nothing to download.
                Assert.True(refused == (word == "else"), $"{route.Id}: {parameter["name"]}={word} answered {(int)response.StatusCode}");
            }
            tried.Add($"{route.Id} {parameter["name"]}");
        }
        Assert.Contains("PostOrders format", tried);
        Assert.Contains("GetFiles state", tried);
        Assert.Contains("DownloadRejected reason", tried);
    }

    [Fact]
    public async Task Every_example_of_every_route_gets_an_answer_of_a_shape_that_is_shown()
    {
        // Something of everything is there first.
        using var accepted = await Ingest.Post(Text(Routes.All.Single(route => route.Id == "PostOrder").Requests.First().Value), "/orders?source=pos");
        using var rejected = await Ingest.Post("""{"currency":"KRONOR"}""", "/orders?source=pos");
        var tried = 0;
        foreach (var route in Routes.All)
        {
            foreach (var (type, value) in route.Requests.Select(request => ((string?)request.Type, (JsonNode?)request.Value)).DefaultIfEmpty((null, null)))
            {
                using var request = new HttpRequestMessage(new(route.Method), $"{route.Example()}?source=pos");
                if (type is not null)
                {
                    request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Text(value!)));
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                }
                using var response = await Ingest.Http.SendAsync(request);
                tried++;
                Assert.True((int)response.StatusCode < 500, $"{route.Id} answered {(int)response.StatusCode} to its own example");
                if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true)
                    Shape.IsShown(route, response, await response.Content.ReadAsStringAsync());
            }
        }
        Assert.True(tried >= Routes.All.Count());
    }

    public async ValueTask InitializeAsync() => _examples = await DescribedExamples.Start();

    public ValueTask DisposeAsync() => _examples.DisposeAsync();

    private static string Text(JsonNode value) => value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : value.ToJsonString();
}
