using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.TrackingInProfileStore;

/// <summary>
/// Profile Store's query API: GET {QueryBaseAddress}/api/v2.0/TrackEvents?$filter=TrackId eq ..., a service of its own with a key of its own. It answers
/// <c>{ total, count, items }</c>. Events are written there some time after they were accepted.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing that needs disposing")]
internal sealed class TrackEventsQuery(EventRequests requests, ProfileStoreOptions options)
{
    // What the service stands is not documented, and after an outage many ask.
    private readonly SemaphoreSlim _atOnce = new(4, 4);

    /// <summary>How many events of that id are shown.</summary>
    public async Task<QueryAnswer> Ask(string trackId, CancellationToken cancellationToken)
    {
        var address = new Uri($"{options.QueryBaseAddress!.AbsoluteUri.TrimEnd('/')}/api/v2.0/TrackEvents?$filter={Uri.EscapeDataString($"TrackId eq {trackId}")}");
        await _atOnce.WaitAsync(cancellationToken);
        try
        {
            var fetched = await requests.Fetch(
                address, headers => headers.Authorization = new(ProfileStoreDestination.EpiSingle, options.QueryKey), options.Timeout, cancellationToken);
            return fetched switch
            {
                { StatusCode: null } => new(null, "no answer"),
                { StatusCode: 401 or 403 } => new(null, $"status {fetched.StatusCode}: check ProfileStore:QueryKey, which is not the tracking key"),
                { StatusCode: not 200 } => new(null, $"status {fetched.StatusCode}: check ProfileStore:QueryBaseAddress"),
                _ => Read(fetched.Text!, trackId),
            };
        }
        finally
        {
            _atOnce.Release();
        }
    }

    private static QueryAnswer Read(string text, string trackId)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
                return new(null, "an answer without items: check ProfileStore:QueryBaseAddress");
            var ids = items.EnumerateArray().Select(TrackId).ToList();
            // A "no" is only worth something from a service that has looked at the filter.
            return ids.Exists(id => !string.Equals(id, trackId, StringComparison.OrdinalIgnoreCase)) ? new(null, "an answer with other events than those asked for") : new(ids.Count);
        }
        catch (JsonException)
        {
            return new(null, "an answer that is not JSON: check ProfileStore:QueryBaseAddress");
        }
    }

    // Stored events are shown in PascalCase, requests in camelCase; the documentation is of two minds elsewhere, too.
    private static string? TrackId(JsonElement item) => item.ValueKind != JsonValueKind.Object ? null
        : item.EnumerateObject().FirstOrDefault(property => property.Name.Equals("TrackId", StringComparison.OrdinalIgnoreCase)) is { Value.ValueKind: JsonValueKind.String } property
            ? property.Value.GetString() : null;
}
