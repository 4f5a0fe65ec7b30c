using System.Text.Json;
using System.Text.Json.Nodes;
using ProfileStoreStandIn.KeepingSegments;

namespace ProfileStoreStandIn;

/// <summary>Filter definitions and segments (version 2) and scopes (version 1) of the query API, by the documented rules; status codes beyond 200 and 404 are a guess.</summary>
internal static class SegmentsApi
{
    private const int DefaultPage = 100, FirstRefused = 10_000;

    public static void Map(IEndpointRouteBuilder api, StandInOptions options, SegmentStore store)
    {
        var guarded = api.MapGroup("");
        guarded.AddEndpointFilter(async (context, next) => TrackingApi.HasKey(context.HttpContext.Request.Headers, options.QueryKey)
            ? await next(context)
            : Refused(StatusCodes.Status401Unauthorized, "send the Profile Store key as 'Authorization: epi-single <key>' or 'Ocp-Apim-Subscription-Key: <key>'"));
        foreach (var (kind, path) in new[] { (SegmentKind.FilterDefinitions, "v2.0/FilterDefinitions"), (SegmentKind.Segments, "v2.0/Segments"), (SegmentKind.Scopes, "v1.0/scopes") })
        {
            guarded.MapGet($"/{path}", (HttpContext http) => Page(http.Request.Query, store.List(kind)));
            guarded.MapGet($"/{path}/{{id}}", (string id) => store.Find(kind, id) is { } found ? Results.Json(found) : Refused(StatusCodes.Status404NotFound, "there is none"));
        }
        guarded.MapPost("/v2.0/FilterDefinitions", (Delegate)((HttpContext http) => Write(http, body =>
        {
            var id = Guid.NewGuid().ToString("D");
            return (store.PutDefinition(id, body), StatusCodes.Status201Created, () => store.Find(SegmentKind.FilterDefinitions, id));
        })));
        guarded.MapPut("/v2.0/FilterDefinitions/{id}", (HttpContext http, string id) => store.Find(SegmentKind.FilterDefinitions, id) is null
            ? Task.FromResult(Refused(StatusCodes.Status404NotFound, "there is none"))
            : Write(http, body => (store.PutDefinition(id, body), StatusCodes.Status200OK, () => store.Find(SegmentKind.FilterDefinitions, id))));
        guarded.MapPut("/v2.0/Segments/{id}", (HttpContext http, string id) => Write(http, body => (store.PutSegment(id, body), StatusCodes.Status200OK, () => store.Find(SegmentKind.Segments, id))));
        guarded.MapPut("/v1.0/scopes/{id}", (HttpContext http, string id) => Write(http, body => (store.PutScope(id, body), StatusCodes.Status200OK, () => store.Find(SegmentKind.Scopes, id))));
    }

    private static IResult Page(IQueryCollection query, IReadOnlyList<JsonObject> all)
    {
        var (skip, top) = (Number(query["$skip"], 0), Number(query["$top"], DefaultPage));
        if (skip < 0 || top < 0 || skip + top >= FirstRefused)
            return Refused(StatusCodes.Status400BadRequest, "$skip and $top together must stay below 10000");
        var items = all.Skip(skip).Take(top).ToList();
        return Results.Json(new { total = all.Count, count = items.Count, items });
    }

    private static int Number(string? text, int otherwise) => text is null ? otherwise : int.TryParse(text, out var number) ? number : -1;

    private static async Task<IResult> Write(HttpContext http, Func<JsonObject, (string? Fault, int Status, Func<JsonObject?> Kept)> put)
    {
        try
        {
            if (await JsonNode.ParseAsync(http.Request.Body, new() { PropertyNameCaseInsensitive = true }, cancellationToken: http.RequestAborted) is not JsonObject body)
                return Refused(StatusCodes.Status400BadRequest, "the body must be a JSON object");
            var (fault, status, kept) = put(body);
            return fault is null ? Results.Json(kept(), statusCode: status) : Refused(StatusCodes.Status400BadRequest, fault);
        }
        catch (JsonException)
        {
            return Refused(StatusCodes.Status400BadRequest, "the body is not JSON");
        }
    }

    private static IResult Refused(int status, string message) => Results.Json(new { status, message }, statusCode: status);
}
