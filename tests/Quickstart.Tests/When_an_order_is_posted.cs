using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Quickstart.ComposingServices;
using RealServers;
using ServiceDefaults.Observing;

namespace Quickstart.Tests;

/// <summary>One order by HTTP through the whole system: from the till to the profile.</summary>
[Collection(nameof(When_an_order_is_posted))]
public sealed class When_an_order_is_posted
{
    private static readonly string[] Member = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Sample", "loyalty-members.csv"))
        .First(line => line.EndsWith(",active", StringComparison.Ordinal)).Split(',');

    private static string Card => Member[0];

    private static string Email => Member[2];

    [Fact]
    public async Task It_is_tracked_in_the_web_sites_scope_for_the_cards_holder_and_known_to_marketing()
    {
        await using var system = await WholeSystem.Start();
        var id = await Post(system, "7001");
        var journey = await Tracked(system, id);
        Assert.Equal("LoyaltyProvider", journey.GetProperty("customerFoundBy").GetString());

        var tracked = (await system.Http.GetFromJsonAsync<JsonElement>("/stand-ins/profile-store/stand-in/events")).EnumerateArray().Single().GetProperty("event");
        Assert.Equal("default", tracked.GetProperty("scope").GetString());
        Assert.Equal(Email, tracked.GetProperty("user").GetProperty("email").GetString());
        Assert.Equal("StorePurchase", tracked.GetProperty("eventType").GetString());

        var contact = await Eventually.Becomes(
            async () =>
            {
                using var answer = await system.Http.GetAsync(new Uri($"/contacts/{Uri.EscapeDataString(Email)}", UriKind.Relative));
                return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync() : "";
            }, text => text.Length > 0);
        Assert.Contains(id.ToString(), contact, StringComparison.Ordinal);

        // The same again has no second effect.
        Assert.Equal(id, await Post(system, "7001"));
        var summary = await system.Http.GetFromJsonAsync<JsonElement>("/stand-ins/profile-store/stand-in/summary");
        Assert.Equal(1, summary.GetProperty("stored").GetInt32());
    }

    [Fact]
    public async Task It_reaches_odp_too_where_that_is_enabled()
    {
        await using var system = await WholeSystem.Start(null, ("Odp:Enabled", "true"));
        var id = await Post(system, "7002");
        await Tracked(system, id);

        var sent = (await system.Http.GetFromJsonAsync<JsonElement>("/stand-ins/odp/stand-in/events")).EnumerateArray().Single().GetProperty("event");
        Assert.Equal((Email, Card), (sent.GetProperty("identifiers").GetProperty("email").GetString(), sent.GetProperty("identifiers").GetProperty("loyalty_card").GetString()));
        Assert.Equal(id.ToString(), sent.GetProperty("data").GetProperty("order").GetProperty("order_id").GetString());
    }

    [Fact]
    public async Task It_is_one_trace_from_the_post_to_the_tracking_call()
    {
        var spans = new ConcurrentBag<(string Source, ActivityTraceId Trace, string Address)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Add((span.Source.Name, span.TraceId, $"{span.GetTagItem("url.full") ?? span.DisplayName}")),
        };
        ActivitySource.AddActivityListener(listener);
        await using var system = await WholeSystem.Start();
        using var till = new ActivitySource("till").StartActivity("post an order")!;
        var id = await Post(system, "7002");
        var trace = till.TraceId;
        till.Stop();
        await Tracked(system, id);

        await Eventually.Holds(() => Task.FromResult(spans.Any(span => span.Trace == trace && span.Address.EndsWith("/api/v1.0/Track", StringComparison.Ordinal))), what: "The tracking call in the till's trace");
        var sources = spans.Where(span => span.Trace == trace).Select(span => span.Source).ToHashSet();
        Assert.Superset(new HashSet<string> { "Microsoft.AspNetCore", "System.Net.Http", "MassTransit", Telemetry.SourceName }, sources);
    }

    [Fact]
    public async Task It_leaves_nobodys_name_card_or_address_in_logs_and_exported_spans()
    {
        var logs = new CapturedLogs();
        using var collector = new TelemetryCollector();
        await using (var system = await WholeSystem.Start(logs, ("Telemetry:OtlpEndpoint", collector.Address), ("Telemetry:OtlpProtocol", "http")))
        {
            await Tracked(system, await Post(system, "7003"));
            await Tracked(system, await Post(system, "7004", "gabriela.test@till.example"));
            using var unknown = await system.Http.GetAsync(new Uri("/contacts/nobody.knows@till.example", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        }

        var exported = collector.Exports.Select(export => export.Text).ToList();
        Assert.NotEmpty(logs.Lines);
        Assert.Contains(exported, body => body.Contains("in-store-orders", StringComparison.Ordinal));
        string[] personal = [Card, Email, Uri.EscapeDataString(Email), Member[3], "gabriela.test", "nobody.knows"];
        var leaks = logs.Lines.Concat(exported).Where(text => personal.Any(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase))).ToList();
        Assert.True(leaks.Count == 0, string.Join(Environment.NewLine, leaks.Select(leak => leak[..Math.Min(300, leak.Length)]).Take(10)));
    }

    [Fact]
    public async Task It_sends_traces_and_metrics_over_otlp()
    {
        using var collector = new TelemetryCollector();
        await using (var system = await WholeSystem.Start(null, ("Telemetry:OtlpEndpoint", collector.Address), ("Telemetry:OtlpProtocol", "http")))
            await Tracked(system, await Post(system, "7005"));
        Assert.Superset(new HashSet<string> { "/v1/traces", "/v1/metrics" }, collector.Exports.Where(export => export.Body.Length > 0).Select(export => export.Path).ToHashSet());
    }

    private static async Task<Guid> Post(WholeSystem system, string receipt, string? email = null)
    {
        using var answer = await system.Http.PostAsJsonAsync("/orders", new
        {
            source = AllServices.Source,
            storeId = "S012",
            registerId = "2",
            receiptNumber = receipt,
            businessDate = "2026-11-20",
            kind = "sale",
            occurredAt = "2026-11-20T17:12:00+01:00",
            currency = "EUR",
            customer = email is null ? (object)new { loyaltyCard = Card } : new { email },
            lines = new[] { new { number = 1, sku = "SHIRT-M-BLUE", quantity = 2, unitPrice = 19.95m, discount = 4.00m, total = 35.90m } },
            totals = new { gross = 35.90m },
        });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("orderId").GetGuid();
    }

    private static Task<JsonElement> Tracked(WholeSystem system, Guid id) => Eventually.Becomes(
        async () =>
        {
            using var answer = await system.Http.GetAsync(new Uri($"/journeys/{id}", UriKind.Relative));
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        },
        journey => journey.TryGetProperty("state", out var state) && state.GetString() == "Tracked");

    private sealed class CapturedLogs : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Add($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(string.Create(CultureInfo.InvariantCulture, $"{formatter(state, exception)} {exception}"));

        public void Dispose() { }
    }
}
