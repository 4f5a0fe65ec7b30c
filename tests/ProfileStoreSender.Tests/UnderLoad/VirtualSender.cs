using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Contracts.CustomerResolution;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProfileStoreSender.KeepingTheLedger;
using ProfileStoreSender.ReportingOutcomes;
using ProfileStoreSender.SendingEvents;
using ProfileStoreSender.TrackingInProfileStore;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.Tests.UnderLoad;

/// <summary>The real sender to a profile store below HTTP, on a clock that stands still: no request takes time that the clock does not show.</summary>
internal sealed class VirtualSender : IAsyncDisposable
{
    private readonly SenderHost _host;
    private readonly HttpClient _http;
    private readonly ILoggerFactory _logger;
    private readonly Ledger _ledger;
    private readonly Customer _customer = An.Customer();
    private readonly Contracts.OrderIngest.Order _order = An.Order();
    private readonly OrderSender<ProfileStoreDestination> _sender;

    private VirtualSender(SenderHost host, ManualTime time, HttpMessageHandler destination, ProfileStoreOptions options)
    {
        (_host, Time, RequestsAtOnce) = (host, time, options.Concurrency);
        _http = new(destination) { Timeout = Timeout.InfiniteTimeSpan };
        _logger = LoggerFactory.Create(logging => logging.AddProvider(Logs));
        var database = host.Services.GetRequiredKeyedService<ServiceDatabase>("ProfileStoreSender");
        _ledger = new(new RememberedLedger(), database, options.Timeout + Ledger.LeaseBeyondTimeout, time);
        _sender = new(
            new(new(_http, time), options, new(options)), _ledger, new(host.Services.GetRequiredService<IMeterFactory>()),
            Options.Create(new BusOptions { Prefetch = ModelledJourneys.Prefetch }), time, _logger.CreateLogger<OrderSender<ProfileStoreDestination>>());
    }

    public ManualTime Time { get; }

    /// <summary>Requests that may be under way at a time.</summary>
    public int RequestsAtOnce { get; }

    public TimeSpan Now => Time.GetUtcNow() - An.Noon;

    public LogCapture Logs { get; } = new();

    public DestinationGate Gate => _sender.Gate;

    public static async Task<VirtualSender> Start(ManualTime time, HttpMessageHandler destination, Func<Uri, ProfileStoreOptions>? options = null)
    {
        var address = new Uri("http://profile-store.example");
        return new(await SenderHost.Start(), time, destination, options?.Invoke(address) ?? new() { BaseAddress = address, SubscriptionKey = "key" });
    }

    public Task<TrackingOutcome> Send(int order, bool isFresh = true) =>
        _sender.Send(new(new Guid(order + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), _order, _customer, TryRefusedAgain: !isFresh), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        await _ledger.DisposeAsync();
        _logger.Dispose();
        _http.Dispose();
        await _host.DisposeAsync();
    }
}

internal static class RestingGate
{
    /// <summary>True when whoever waits here waits for the clock, or for a request that is under way.</summary>
    /// <remarks>
    /// Each order that is held has a timer for the end of that, and another one while it waits for its next attempt; each request has one for its answer and one for
    /// its time-out. A timer that is over is gone before whoever waited for it runs on, so that none of them is taken for resting.
    /// </remarks>
    public static bool Rests(this GateReport report, VirtualSender sender, int open, int requestsUnderWay) =>
        sender.Time.Waiting >= open + report.Pausing + 2 * requestsUnderWay
        && (report.Waiting == 0 || report.NextAt > sender.Time.GetUtcNow() || requestsUnderWay >= sender.RequestsAtOnce || (requestsUnderWay > 0 && !report.IsOpen));
}

/// <summary>A profile store that answers by a script, after a time of its own.</summary>
/// <param name="time">The clock.</param>
/// <param name="script">The answer to a request, by when it came (counted from the start) and how many events it holds; after how long is up to it.</param>
internal sealed class ScriptedDestination(ManualTime time, Func<TimeSpan, int, (HttpStatusCode Status, TimeSpan After, (string Name, string Value)? Header)> script) : HttpMessageHandler
{
    private int _underWay, _eventsUnderWay;

    public ConcurrentQueue<(TimeSpan At, int Events)> Requests { get; } = new();

    /// <summary>Those whose answer takes time by the clock, and waits for it.</summary>
    public int RequestsUnderWay => Volatile.Read(ref _underWay);

    /// <summary>Their events.</summary>
    public int EventsUnderWay => Volatile.Read(ref _eventsUnderWay);

    public int MostUnderWay { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow() - An.Noon;
        using var json = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        var events = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.GetArrayLength() : 1;
        Requests.Enqueue((at, events));
        var (status, after, header) = script(at, events);
        if (after > TimeSpan.Zero)
        {
            MostUnderWay = Math.Max(MostUnderWay, Interlocked.Increment(ref _underWay));
            Interlocked.Add(ref _eventsUnderWay, events);
            try
            {
                await Task.Delay(after, time, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
                Interlocked.Add(ref _eventsUnderWay, -events);
            }
        }
        var response = new HttpResponseMessage(status);
        if (header is { } said)
            response.Headers.TryAddWithoutValidation(said.Name, said.Value);
        return response;
    }
}
