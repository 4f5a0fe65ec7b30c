using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CustomerResolution.LookingUpCustomers;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerResolution.Tests.LookingUpCustomers;

/// <summary>A provider below HTTP whose clock stands still: each request takes the next answer of the script, the last one for ever.</summary>
internal sealed class ScriptedProvider : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly Func<CancellationToken, Task<HttpResponseMessage>>[] _script;
    private readonly List<DateTimeOffset> _arrivals = [];
    private readonly List<SeenRequest> _requests = [];

    private ScriptedProvider(Func<CancellationToken, Task<HttpResponseMessage>>[] script, Func<ProviderSettings, ProviderSettings>? change)
    {
        _script = script;
        var options = new LoyaltyOptions { BaseAddress = new("http://loyalty.example/api"), ApiKey = "key" };
        Settings = ProviderSettings.Loyalty(options);
        Settings = change?.Invoke(Settings) ?? Settings;
        var services = new ServiceCollection().AddMetrics().AddSingleton<CustomerResolutionMetrics>().BuildServiceProvider();
        Metrics = services.GetRequiredService<CustomerResolutionMetrics>();
        Condition = new(Settings.Name, Time, new LoggerFactory().CreateLogger<ProviderCondition>());
        var http = new HttpClient(this) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        Client = new(Settings, http, Condition, Time, Metrics);
    }

    public ManualTime Time { get; } = new();

    public ProviderSettings Settings { get; }

    public CustomerResolutionMetrics Metrics { get; }

    public ProviderCondition Condition { get; }

    public ProviderClient Client { get; }

    /// <summary>When each request arrived, counted from the start.</summary>
    public IReadOnlyList<TimeSpan> Arrivals
    {
        get
        {
            lock (_lock)
                return [.. _arrivals.Select(at => at - An.Noon)];
        }
    }

    /// <summary>The requests, in the order they arrived.</summary>
    public IReadOnlyList<SeenRequest> Requests
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    public static Identifier Card(string number) => new(IdentifierKind.LoyaltyCard, number);

    public static ScriptedProvider Answering(params Func<CancellationToken, Task<HttpResponseMessage>>[] script) => new(script, null);

    public static ScriptedProvider With(Func<ProviderSettings, ProviderSettings> change, params Func<CancellationToken, Task<HttpResponseMessage>>[] script) =>
        new(script, change);

    public static Func<CancellationToken, Task<HttpResponseMessage>> Customer { get; } = Body("""{"customerId":"M-1","email":"pat@shop.example"}""");

    public static Func<CancellationToken, Task<HttpResponseMessage>> Silence { get; } = async token =>
    {
        await new TaskCompletionSource().Task.WaitAsync(token);
        throw new InvalidOperationException("silence has no end");
    };

    public static Func<CancellationToken, Task<HttpResponseMessage>> Body(string json) =>
        _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") });

    public static Func<CancellationToken, Task<HttpResponseMessage>> Body(int status, string text) =>
        _ => Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text) });

    public static Func<CancellationToken, Task<HttpResponseMessage>> Status(int status, RetryConditionHeaderValue? retryAfter = null) => _ =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status);
        response.Headers.RetryAfter = retryAfter;
        return Task.FromResult(response);
    };

    /// <summary>Lets time pass, in steps, while the look-up waits for its clock.</summary>
    public async Task<LookupAnswer> PassTimeUntilAnswered(Task<LookupAnswer> lookup, TimeSpan step)
    {
        for (var steps = 0; !lookup.IsCompleted; steps++)
        {
            Assert.True(steps < 1000, "the look-up does not end");
            await RealServers.Eventually.Holds(() => Task.FromResult(lookup.IsCompleted || Time.Waiting > 0), what: "waiting for the clock");
            Time.Advance(step);
        }
        return await lookup;
    }

    /// <summary>Waits until the code under test waits for its clock.</summary>
    public Task UntilItWaits() => RealServers.Eventually.Holds(() => Task.FromResult(Time.Waiting > 0), what: "waiting for the clock");

    public Task UntilArrived(int requests) => RealServers.Eventually.Becomes(() => Task.FromResult(Arrivals.Count), count => count == requests, what: "the number of requests");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var seen = await SeenRequest.Of(request);
        Func<CancellationToken, Task<HttpResponseMessage>> answer;
        lock (_lock)
        {
            answer = _script[Math.Min(_arrivals.Count, _script.Length - 1)];
            _arrivals.Add(Time.GetUtcNow());
            _requests.Add(seen);
        }
        return await answer(cancellationToken);
    }
}
