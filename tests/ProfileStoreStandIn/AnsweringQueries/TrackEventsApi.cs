using System.Text.Json;
using System.Text.RegularExpressions;
using ProfileStoreStandIn.KeepingEvents;
using ProfileStoreStandIn.Misbehaving;

namespace ProfileStoreStandIn.AnsweringQueries;

/// <summary>
/// The query API's GET api/v2.0/TrackEvents (facts/destinations, section 2): a service of its own with a key of its own, and events that show up some time after
/// they were accepted. Of <c>$filter</c> it knows <c>TrackId eq id</c>.
/// </summary>
internal sealed partial class TrackEventsApi(StandInOptions options, EventStore store, CurrentFault faults, TimeProvider time)
{
    // Nothing may be asked for beyond this.
    private const int DeepestPage = 10_000;

    private long _visibleAfterTicks = options.VisibleAfter.Ticks;

    /// <summary>How long a stored event is not shown.</summary>
    public TimeSpan VisibleAfter
    {
        get => new(Interlocked.Read(ref _visibleAfterTicks));
        set => Interlocked.Exchange(ref _visibleAfterTicks, value.Ticks);
    }

    public async Task Answer(HttpContext http) => await (await Judge(http)).ExecuteAsync(http);

    private async Task<IResult> Judge(HttpContext http)
    {
        store.CountQuery();
        var fault = faults.Take();
        if (fault?.Delay is { } delay)
            await Task.Delay(delay, time, http.RequestAborted);
        if (fault?.Status is { } status)
            return Results.Text(fault.Text ?? "", statusCode: status);
        if (!HasKey(http.Request.Headers.Authorization.ToString()))
            return Results.Json(new { status = 401, message = "send the query key as 'Authorization: epi-single <key>'" }, statusCode: 401);
        var query = http.Request.Query;
        if (!int.TryParse(query["$skip"].FirstOrDefault() ?? "0", out var skip) || !int.TryParse(query["$top"].FirstOrDefault() ?? "100", out var top) || skip < 0 || top < 1 || skip + top >= DeepestPage)
            return Fault("$skip + $top must stay below 10,000");
        if (query["$filter"].FirstOrDefault() is not { } filter || TrackIdFilter().Match(filter) is not { Success: true } asked)
            return Fault("this stand-in knows $filter=TrackId eq <id>");
        var seen = store.WithId(asked.Groups["id"].Value).Where(stored => stored.StoredAt + VisibleAfter <= time.GetUtcNow()).ToList();
        var items = seen.Skip(skip).Take(top).Select(stored => AsShown(stored.Event)).ToList();
        return Results.Json(new { total = seen.Count, count = items.Count, items }, new JsonSerializerOptions(JsonSerializerDefaults.Web));
    }

    private static IResult Fault(string text) => Results.Json(new { status = 400, message = text }, statusCode: 400);

    /// <summary>Names of the envelope are shown in PascalCase, the payload's as they were sent.</summary>
    private static Dictionary<string, object> AsShown(JsonElement tracked) => tracked.EnumerateObject().ToDictionary(
        property => Pascal(property.Name), property => property.Name == "user" && property.Value.ValueKind == JsonValueKind.Object ? AsShown(property.Value) : (object)property.Value);

    private static string Pascal(string name) => name.Length == 0 ? name : $"{char.ToUpperInvariant(name[0])}{name[1..]}";

    private bool HasKey(string authorization) => authorization.StartsWith("epi-single ", StringComparison.OrdinalIgnoreCase)
        && authorization["epi-single ".Length..].Trim() is { Length: > 0 } key && (string.IsNullOrEmpty(options.QueryKey) || key == options.QueryKey);

    [GeneratedRegex("^TrackId eq (?<id>[A-Za-z0-9|_-]+)$")]
    private static partial Regex TrackIdFilter();
}
