using System.Text.Json;
using OdpStandIn.CheckingEvents;
using ProfileStoreStandIn.KeepingEvents;
using ProfileStoreStandIn.Misbehaving;

namespace OdpStandIn;

/// <summary>Answers POST /v3/events by the documented rules, unless told to misbehave.</summary>
internal sealed class EventsApi(OdpStandInOptions options, EventStore store, CurrentFault faults, TimeProvider time)
{
    // Of one request; not documented, and far above what is sent.
    private const int LargestBody = 8 * 1024 * 1024;

    public async Task Take(HttpContext http)
    {
        store.CountRequest();
        var fault = faults.Take();
        if (fault?.Delay is { } delay)
            await Task.Delay(delay, time, http.RequestAborted);
        var verdict = await Judge(http);
        if (fault is { DropBeforeStoring: true })
        {
            Cut(http);
            return;
        }
        if (verdict.Status == StatusCodes.Status202Accepted && fault?.Status is { } wanted)
            verdict = verdict with { Status = wanted, Title = fault.Text ?? "the stand-in was told to answer so", Valid = wanted < 300 ? verdict.Valid : [] };
        store.Store(verdict.Valid, IdOf);
        if (verdict.Status >= 300)
            store.CountRejected($"{verdict.Status}");
        if (fault?.AnswerAfter is { } late)
            await Task.Delay(late, time, http.RequestAborted);
        if (fault is { DropAfterStoring: true })
        {
            Cut(http);
            return;
        }
        if (fault?.RetryAfter is { } seconds)
            http.Response.Headers.RetryAfter = $"{seconds}";
        http.Response.StatusCode = verdict.Status;
        object answer = verdict.Status == StatusCodes.Status403Forbidden ? new { message = verdict.Title }
            : new { title = verdict.Title, status = verdict.Status, timestamp = time.GetUtcNow(), detail = verdict.Invalids.Count > 0 ? new { invalids = verdict.Invalids } : null };
        await http.Response.WriteAsJsonAsync(answer, http.RequestAborted);
    }

    private async Task<Verdict> Judge(HttpContext http)
    {
        // The body is read in any case: an answer before the end of the body would cut the connection under the sender.
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var key = http.Request.Headers["x-api-key"].ToString();
        if (key.Length == 0 || !(string.IsNullOrEmpty(options.Key) || key == options.Key))
            return new(StatusCodes.Status403Forbidden, "Forbidden", [], []);
        if (body.Length > LargestBody)
            return new(StatusCodes.Status413PayloadTooLarge, "Payload Too Large", [], []);
        List<JsonElement> events;
        try
        {
            using var json = JsonDocument.Parse(body.ToArray());
            events = json.RootElement.ValueKind == JsonValueKind.Array ? [.. json.RootElement.EnumerateArray().Select(element => element.Clone())] : [json.RootElement.Clone()];
        }
        catch (JsonException)
        {
            return Refused([new("", "the body is not JSON")]);
        }
        if (events.Count is 0 or > EventRules.MostEvents)
            return Refused([new("", $"an array of 1 to {EventRules.MostEvents} events, or one event")]);
        var invalids = events.Select((@event, index) => EventRules.Fault(@event, options) is var (field, reason) ? new Invalid($"[{index}]{field}", reason) : null).ToList();
        return invalids.TrueForAll(invalid => invalid is null)
            ? new(StatusCodes.Status202Accepted, "Accepted", events, [])
            : Refused([.. invalids.OfType<Invalid>()]) with { Valid = options.StoresPartly ? [.. events.Where((_, index) => invalids[index] is null)] : [] };
    }

    private static Verdict Refused(IReadOnlyList<Invalid> invalids) => new(StatusCodes.Status400BadRequest, "Bad Request", [], invalids);

    private string? IdOf(JsonElement @event)
    {
        if (!@event.TryGetProperty("data", out var data) || !data.TryGetProperty("order", out var order))
            return null;
        return options.IdField is { } field && order.TryGetProperty(field, out var id) ? id.GetString() : $"{@event.GetProperty("action").GetString()} {order.GetProperty("order_id").GetString()}";
    }

    private void Cut(HttpContext http)
    {
        store.CountRejected("aborted");
        http.Abort();
    }

    private sealed record Verdict(int Status, string Title, IReadOnlyList<JsonElement> Valid, IReadOnlyList<Invalid> Invalids);

    /// <param name="Field">Which event of the array, from 0, and which field of it.</param>
    /// <param name="Reason">What is wrong with it.</param>
    private sealed record Invalid(string Field, string Reason);
}
