using System.Text.Json;
using ProfileStoreStandIn.Blacklisting;
using ProfileStoreStandIn.CheckingEvents;
using ProfileStoreStandIn.KeepingEvents;
using ProfileStoreStandIn.Misbehaving;

namespace ProfileStoreStandIn;

/// <summary>Answers Track and TrackBulk by the documented rules, unless told to misbehave.</summary>
internal sealed class TrackingApi(StandInOptions options, EventStore store, Blacklist blacklist, CurrentFault faults, TimeProvider time)
{
    public async Task Track(HttpContext http, bool bulk)
    {
        store.CountRequest();
        var fault = faults.Take();
        if (fault?.Delay is { } delay)
            await Task.Delay(delay, time, http.RequestAborted);
        var (status, text, events) = await Judge(http, bulk);
        if (fault is { DropBeforeStoring: true })
        {
            Cut(http);
            return;
        }
        if (status == StatusCodes.Status202Accepted && fault?.Status is { } wanted)
            (status, text) = (wanted, wanted >= 400 ? fault.Text ?? "the stand-in was told to answer so" : null);
        if (status is >= 200 and < 300)
            // Who is blacklisted is ignored, and nobody is told.
            store.Store(events.Where(tracked => !blacklist.Ignores(tracked)), TrackId);
        else
            store.CountRejected($"{status}");
        if (fault?.AnswerAfter is { } late)
            await Task.Delay(late, time, http.RequestAborted);
        if (fault is { DropAfterStoring: true })
        {
            Cut(http);
            return;
        }
        if (fault?.RetryAfter is { } seconds)
            http.Response.Headers.RetryAfter = $"{seconds}";
        http.Response.StatusCode = status;
        if (text is not null)
            await http.Response.WriteAsJsonAsync(new { status, message = text }, http.RequestAborted);
    }

    private async Task<(int Status, string? Text, IReadOnlyList<JsonElement> Events)> Judge(HttpContext http, bool bulk)
    {
        // The body is read in any case: an answer before the end of the body would cut the connection under the sender.
        var body = await Read(http, bulk ? TrackRules.LargestBatch * TrackRules.LargestEvent : TrackRules.LargestEvent);
        if (!HasKey(http.Request.Headers, options.Key))
            return (StatusCodes.Status401Unauthorized, "send the tracking key as 'Authorization: epi-single <key>' or 'Ocp-Apim-Subscription-Key: <key>'", []);
        if (body is null)
            return (StatusCodes.Status413PayloadTooLarge, "an event may have 256 KB", []);
        List<JsonElement> events;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (bulk != (json.RootElement.ValueKind == JsonValueKind.Array))
                return (StatusCodes.Status400BadRequest, bulk ? "TrackBulk takes a JSON array" : "Track takes one JSON object", []);
            events = bulk ? [.. json.RootElement.EnumerateArray().Select(element => element.Clone())] : [json.RootElement.Clone()];
        }
        catch (JsonException)
        {
            return (StatusCodes.Status400BadRequest, "the body is not JSON", []);
        }
        if (events.Count > TrackRules.LargestBatch)
            return (StatusCodes.Status400BadRequest, "TrackBulk takes 100 events at most", []);
        if (bulk && events.Any(tracked => System.Text.Encoding.UTF8.GetByteCount(tracked.GetRawText()) > TrackRules.LargestEvent))
            return (StatusCodes.Status413PayloadTooLarge, "an event may have 256 KB", []);
        return events.Select(tracked => TrackRules.Fault(tracked, options)).FirstOrDefault(text => text is not null) is { } wrong
            ? (StatusCodes.Status400BadRequest, wrong, [])
            : (StatusCodes.Status202Accepted, null, events);
    }

    /// <summary>The whole body, or null when it is longer than allowed (what is too much is read and thrown away).</summary>
    private static async Task<byte[]?> Read(HttpContext http, int limit)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            if (kept.Length <= limit)
                kept.Write(buffer, 0, count);
        }
        return kept.Length > limit ? null : kept.ToArray();
    }

    public static string? TrackId(JsonElement tracked) => tracked.TryGetProperty("trackId", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    /// <summary>True with the key, or with any where none is expected, in either header.</summary>
    public static bool HasKey(IHeaderDictionary headers, string? expected)
    {
        var single = headers.Authorization.ToString();
        var key = single.StartsWith("epi-single ", StringComparison.OrdinalIgnoreCase) ? single["epi-single ".Length..].Trim() : headers["Ocp-Apim-Subscription-Key"].ToString();
        return key.Length > 0 && (string.IsNullOrEmpty(expected) || key == expected);
    }

    private void Cut(HttpContext http)
    {
        store.CountRejected("aborted");
        http.Abort();
    }
}
