using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OrderIngest.Tests.DescribingRoutes;

/// <summary>What the document shows is what happens.</summary>
public sealed class When_the_examples_are_tried : IAsyncLifetime
{
    private readonly SqliteFile _database = new();
    private RunningIngest _ingest = null!;
    private DescribedRoutes _routes = null!;

    [Fact]
    public async Task The_order_of_the_document_is_accepted_and_answered_as_shown()
    {
        var route = _routes.All.Single(route => route.Id == "PostOrder");
        foreach (var (type, name, value) in route.Requests)
        {
            using var response = await _ingest.Post(Text(value), "/orders?source=pos", type);
            Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{name}: {await response.Content.ReadAsStringAsync()}");
        }
        var sale = route.Requests.Single(request => request.Name == "sale").Value;
        using var again = await _ingest.Post(Text(sale), "/orders?source=pos");
        Assert.Contains(await again.Content.ReadAsStringAsync(), route.Examples("202").Select(example => example!.ToJsonString()));
        Assert.Equal((string?)route.Responses["202"]!["headers"]!["Location"]!["example"], again.Headers.Location!.ToString());

        var get = _routes.All.Single(route => route.Id == "GetOrder");
        var state = JsonNode.Parse(await _ingest.Http.GetStringAsync(get.Example()))!;
        var shown = Assert.Single(get.Examples("200"))!;
        Assert.Equal(Shape.Of(shown), Shape.Of(state));
        Assert.True(JsonNode.DeepEquals(shown["order"], state["order"]), $"shown {shown["order"]}, answered {state["order"]}");
    }

    [Fact]
    public async Task The_batches_of_the_document_are_answered_as_shown()
    {
        var route = _routes.All.Single(route => route.Id == "PostOrders");
        Assert.Contains(route.Requests, request => request.Type == "text/csv");
        var lines = route.Requests.Single(request => request.Type == "application/x-ndjson").Value;
        using var first = await _ingest.Post(Text(lines), "/orders/batch?source=pos", "application/x-ndjson");
        var rows = route.Requests.Single(request => request.Type == "text/csv").Value;
        using var second = await _ingest.Post(Text(rows), "/orders/batch?source=pos", "text/csv");
        Assert.All([await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync()], answer =>
            Assert.Contains(route.Examples("200"), example => JsonNode.DeepEquals(example, JsonNode.Parse(answer))));
    }

    [Fact]
    public async Task Every_example_of_every_route_gets_an_answer_of_a_shape_that_is_shown()
    {
        // Something of everything is there first.
        using var accepted = await _ingest.Post(Text(_routes.All.Single(route => route.Id == "PostOrder").Requests.First().Value), "/orders?source=pos");
        using var rejected = await _ingest.Post("""{"currency":"KRONOR"}""", "/orders?source=pos");
        var tried = 0;
        foreach (var route in _routes.All)
        {
            foreach (var (type, value) in route.Requests.Select(request => ((string?)request.Type, (JsonNode?)request.Value)).DefaultIfEmpty((null, null)))
            {
                using var request = new HttpRequestMessage(new(route.Method), $"{route.Example()}?source=pos");
                if (type is not null)
                {
                    request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Text(value!)));
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                }
                using var response = await _ingest.Http.SendAsync(request);
                tried++;
                Assert.True((int)response.StatusCode < 500, $"{route.Id} answered {(int)response.StatusCode} to its own example");
                if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true)
                    Shape.IsShown(route, response, await response.Content.ReadAsStringAsync());
            }
        }
        Assert.True(tried >= _routes.All.Count());
    }

    public async ValueTask InitializeAsync()
    {
        _ingest = await RunningIngest.Start(_database.ConnectionString);
        _routes = await DescribedRoutes.Of(_ingest.Services);
    }

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static string Text(JsonNode value) => value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : value.ToJsonString();
}
