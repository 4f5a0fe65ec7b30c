using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using MessageExamples;

namespace ProfileStoreSender.Tests.UnderLoad;

/// <summary>
/// A profile store on a clock that stands still: there for a minute, then away for an hour (20 minutes without a connection, 20 of errors, 20 of
/// errors that ask for two minutes of rest), then there again. Below HTTP, so that no request takes time that the clock does not show.
/// </summary>
internal sealed class AwayDestination(ManualTime time) : HttpMessageHandler
{
    public static readonly TimeSpan LeavesAt = TimeSpan.FromMinutes(1), ReturnsAt = LeavesAt + TimeSpan.FromHours(1);

    private static readonly TimeSpan Third = (ReturnsAt - LeavesAt) / 3;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    private int _underWay, _eventsUnderWay;

    /// <summary>When each request came, counted from the start, and how many events it held.</summary>
    public ConcurrentQueue<(TimeSpan At, int Events)> Requests { get; } = new();

    /// <summary>How often each event was stored, by its id.</summary>
    public ConcurrentDictionary<Guid, int> Stored { get; } = new();

    /// <summary>Those whose answer takes time by the clock, and waits for it.</summary>
    public int RequestsUnderWay => Volatile.Read(ref _underWay);

    /// <summary>Their events.</summary>
    public int EventsUnderWay => Volatile.Read(ref _eventsUnderWay);

    public int MostUnderWay { get; private set; }

    public static bool IsAway(TimeSpan at) => at >= LeavesAt && at < ReturnsAt;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow() - An.Noon;
        if (IsAway(at) && at < LeavesAt + Third)
        {
            // Nothing of the request has left.
            Requests.Enqueue((at, 0));
            throw new HttpRequestException("no connection");
        }
        var ids = Ids(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        Requests.Enqueue((at, ids.Count));
        if (IsAway(at))
            return Trouble(at);
        MostUnderWay = Math.Max(MostUnderWay, Interlocked.Increment(ref _underWay));
        Interlocked.Add(ref _eventsUnderWay, ids.Count);
        try
        {
            await Task.Delay(Latency, time, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
            Interlocked.Add(ref _eventsUnderWay, -ids.Count);
        }
        foreach (var id in ids)
            Stored.AddOrUpdate(id, 1, (_, times) => times + 1);
        return new(HttpStatusCode.Accepted);
    }

    private static HttpResponseMessage Trouble(TimeSpan at)
    {
        var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        if (at >= LeavesAt + 2 * Third)
            response.Headers.RetryAfter = new(TimeSpan.FromMinutes(2));
        return response;
    }

    private static List<Guid> Ids(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. (json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.EnumerateArray() : Enumerable.Repeat(json.RootElement, 1))
            .Select(one => one.GetProperty("trackId").GetGuid())];
    }
}
