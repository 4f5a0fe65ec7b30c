using ProfileStoreStandIn.Blacklisting;
using ProfileStoreStandIn.KeepingEvents;
using ProfileStoreStandIn.Misbehaving;

namespace ProfileStoreStandIn;

/// <summary>The stand-in in this process on a free port of the loopback address; for tests.</summary>
public sealed class RunningStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _control;

    private RunningStandIn(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        _control = new HttpClient { BaseAddress = new Uri(Address, "stand-in/") };
    }

    /// <summary>For <c>ProfileStore:BaseAddress</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts it; dispose it to stop.</summary>
    /// <param name="options">Rules; default the documented ones with scope <c>default</c> and any key.</param>
    /// <param name="port">0 takes a free one.</param>
    public static async Task<RunningStandIn> Start(StandInOptions? options = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddProfileStoreStandIn();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapProfileStoreStandIn("", options ?? new());
        await app.StartAsync();
        return new(app);
    }

    /// <summary>Misbehave from now on.</summary>
    public async Task Misbehave(Fault fault) => (await _control.PutAsJsonAsync("faults", fault)).EnsureSuccessStatusCode();

    /// <summary>Behave again.</summary>
    public async Task Behave() => (await _control.DeleteAsync("faults")).EnsureSuccessStatusCode();

    /// <summary>Misbehave when asked for events, with a status or a delay, from now on.</summary>
    public async Task MisbehaveWhenAsked(Fault fault) => (await _control.PutAsJsonAsync("query-faults", fault)).EnsureSuccessStatusCode();

    /// <summary>Answer questions again.</summary>
    public async Task BehaveWhenAsked() => (await _control.DeleteAsync("query-faults")).EnsureSuccessStatusCode();

    /// <summary>Show stored events only so long after they were stored.</summary>
    public async Task ShowAfter(TimeSpan wait) => (await _control.PutAsync($"visible-after/{wait:c}", null)).EnsureSuccessStatusCode();

    /// <summary>What arrived so far.</summary>
    public async Task<StandInSummary> Summary() => (await _control.GetFromJsonAsync<StandInSummary>("summary"))!;

    /// <summary>Addresses that are blacklisted.</summary>
    public async Task<IReadOnlyList<Blacklisted>> Blacklist() => (await _control.GetFromJsonAsync<List<Blacklisted>>("blacklist"))!;

    /// <summary>Events in the order they came in.</summary>
    public async Task<IReadOnlyList<StoredEvent>> Events(long after = 0, int limit = 10_000) =>
        (await _control.GetFromJsonAsync<List<StoredEvent>>($"events?after={after}&limit={limit}"))!;

    /// <summary>How often each trackId was stored since the start.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> Times() => (await _control.GetFromJsonAsync<Dictionary<Guid, int>>("times"))!;

    /// <summary>How often a filter definition, a segment or a scope was written.</summary>
    public Task<int> SegmentWrites() => _control.GetFromJsonAsync<int>("segments/writes");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
