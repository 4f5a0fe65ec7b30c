using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using OrderIngest.GuardingSources;

namespace OrderIngest.Tests.DescribingRoutes;

/// <summary>Rules that hold for every route, also for those that are added later.</summary>
public sealed class When_the_document_is_read : IAsyncLifetime
{
    // Not part of what is offered to sources: health, and the document itself.
    private static readonly string[] Undescribed = ["/health/live", "/health/ready", "/openapi"];

    private readonly SqliteFile _database = new();
    private RunningIngest _ingest = null!;
    private DescribedRoutes _routes = null!;

    [Fact]
    public async Task It_is_served_as_it_was_walked()
    {
        var served = JsonNode.Parse(await _ingest.Http.GetStringAsync("/openapi/v1.json"))!;
        Assert.StartsWith("3.1", (string)served["openapi"]!, StringComparison.Ordinal);
        Assert.Equal(_routes.All.Select(route => route.Id), Paths(served));
        Assert.Contains("PostOrder", Paths(served));
    }

    [Fact]
    public void Every_endpoint_is_in_it_with_a_name_and_a_summary()
    {
        var served = Endpoints().SelectMany(
            endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [], (endpoint, method) => $"{method} {Template(endpoint)}").ToList();
        Assert.Contains("POST /orders", served);
        Assert.Equal(served.Order(StringComparer.Ordinal), _routes.All.Select(route => $"{route.Method} {route.Path}").Order(StringComparer.Ordinal));
        Assert.All(_routes.All, route => Assert.True(route.Operation["operationId"] is not null && route.Operation["summary"] is not null, $"{route.Id} has no name or no summary"));
    }

    [Fact]
    public void Every_status_that_a_route_declares_is_described_and_shown()
    {
        foreach (var endpoint in Endpoints())
        {
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            {
                var route = _routes.All.Single(route => route.Method == method && route.Path == Template(endpoint));
                var declared = endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(answer => answer.StatusCode.ToString(CultureInfo.InvariantCulture)).ToList();
                Assert.True(declared.Count > 0, $"{route.Id} declares no answer");
                Assert.All(declared, status => Assert.True(route.Responses.ContainsKey(status), $"{route.Id} declares {status}, the document does not"));
            }
        }
        Assert.All(_routes.All.SelectMany(route => route.Responses, (route, response) => (route, response)), seen =>
        {
            var (route, (status, response)) = seen;
            var description = (string?)response!["description"];
            Assert.False(string.IsNullOrWhiteSpace(description) || description == ReasonPhrases.GetReasonPhrase(int.Parse(status, CultureInfo.InvariantCulture)), $"{route.Id}: {status} is not described");
            Assert.All(response["content"]?.AsObject().ToArray() ?? [], content =>
                Assert.True(content.Value!["examples"] is JsonObject { Count: > 0 }, $"{route.Id}: {status} has no example of {content.Key}"));
        });
    }

    [Fact]
    public void Every_body_and_every_parameter_is_described_and_shown()
    {
        Assert.All(_routes.All.Where(route => route.Operation["requestBody"] is not null), route =>
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)route.Operation["requestBody"]!["description"]), $"{route.Id}: the body is not described");
            Assert.All(route.Operation["requestBody"]!["content"]!.AsObject(), content =>
                Assert.True(content.Value!["examples"] is JsonObject { Count: > 0 }, $"{route.Id}: no example of {content.Key}"));
        });
        Assert.All(_routes.All.SelectMany(route => route.Parameters, (route, parameter) => (route, parameter)), seen =>
            Assert.True(seen.parameter["description"] is not null && seen.parameter["example"] is not null, $"{seen.route.Id}: the parameter {seen.parameter["name"]} is not described or has no example"));
    }

    [Fact]
    public void Every_field_is_described_and_numbers_of_answers_are_numbers()
    {
        var schemas = _routes.Document["components"]!["schemas"]!.AsObject();
        var fields = schemas.SelectMany(schema => schema.Value!["properties"]?.AsObject().ToArray() ?? [], (schema, field) => (Name: $"{schema.Key}.{field.Key}", Field: field.Value!)).ToList();
        Assert.Contains(fields, field => field.Name == "SubmittedOrder.occurredAt");
        string[] ofTheStandard = ["type", "title", "status", "detail", "instance"];
        Assert.All(fields.Where(field => !(field.Name.StartsWith("ProblemDetails.", StringComparison.Ordinal) && ofTheStandard.Contains(field.Name.Split('.')[1]))), field =>
            Assert.True(field.Field["description"] is not null || Target(field.Field, schemas)?["description"] is not null, $"{field.Name} is not described"));
        Assert.Equal(["sale", "return"], schemas["SubmittedOrder"]!["properties"]!["kind"]!["enum"]!.AsArray().Select(word => (string)word!));
        Assert.Equal(["journaled", "published", "acknowledged"], schemas["OrderState"]!["properties"]!["state"]!["enum"]!.AsArray().Select(word => (string)word!));
        Assert.Equal("integer", (string?)schemas["BatchAnswer"]!["properties"]!["accepted"]!["type"]);
        Assert.Equal(["null", "string"], schemas["OrderState"]!["properties"]!["publishedAt"]!["type"]!.AsArray().Select(type => (string)type!).Order(StringComparer.Ordinal));
        Assert.Contains("registerId", schemas["SubmittedOrder"]!["properties"]!.AsObject().Select(field => field.Key));
        Assert.DoesNotContain("registerId", schemas["SubmittedOrder"]!["required"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public void Every_guarded_route_says_which_headers_open_it()
    {
        var schemes = _routes.Document["components"]!["securitySchemes"]!.AsObject();
        Assert.Equal(["X-Api-Key", "X-Timestamp", "X-Signature"], schemes.Select(scheme => (string)scheme.Value!["name"]!));
        Assert.All(_routes.All, route =>
        {
            Assert.True(route.Operation["security"]?.AsArray() is { Count: 2 } security && security[0]!["key"] is not null, $"{route.Id} does not say that it needs a key");
            Assert.All(["400", "401", "403", "429", "503"], status => Assert.True(route.Responses.ContainsKey(status), $"{route.Id} does not say what {status} means"));
            Assert.NotNull(route.Responses["429"]!["headers"]!["Retry-After"]!["description"]);
            Assert.NotNull(route.Responses["401"]!["headers"]!["WWW-Authenticate"]);
        });
        Assert.NotNull(_routes.All.Single(route => route.Id == "PostOrder").Responses["202"]!["headers"]!["Location"]!["example"]);
    }

    [Fact]
    public async Task No_described_route_is_open_to_a_request_without_a_key()
    {
        await using var database = new SqliteFile();
        await using var ingest = await RunningIngest.Start(
            database.ConnectionString, new() { ["OrderIngest:Sources:pos:ApiKeyHash"] = new string('a', 64) }, environment: "Production");
        foreach (var route in _routes.All)
        {
            using var request = new HttpRequestMessage(new(route.Method), route.Example());
            using var response = await ingest.Http.SendAsync(request);
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{route.Id} answered {(int)response.StatusCode} to nobody in particular");
        }
        Assert.All(Endpoints(ingest.Services), endpoint => Assert.True(endpoint.Metadata.GetMetadata<GuardedRoute>() is not null, $"{Template(endpoint)} is not marked as guarded"));
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

    private IEnumerable<RouteEndpoint> Endpoints() => Endpoints(_ingest.Services);

    private static IEnumerable<RouteEndpoint> Endpoints(IServiceProvider services) => services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => !Undescribed.Any(path => Template(endpoint).StartsWith(path, StringComparison.Ordinal)));

    // The document leaves out the constraints: {orderId:guid} is {orderId} there.
    private static string Template(RouteEndpoint endpoint) =>
        "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            _ => "",
        }))));

    private static IEnumerable<string> Paths(JsonNode document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject(), (_, operation) => (string)operation.Value!["operationId"]!);

    private static JsonNode? Target(JsonNode field, JsonObject schemas) => field["$ref"] is { } reference ? schemas[((string)reference!).Split('/')[^1]]
        : field["oneOf"]?.AsArray().Select(one => Target(one!, schemas)).FirstOrDefault(one => one is not null) ?? (field["items"] is { } items ? Target(items, schemas) : null);
}
