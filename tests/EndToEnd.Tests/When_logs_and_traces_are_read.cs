using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>
/// A busy day with everything that is ever logged switched on (level Trace, scopes, JSON), all spans and metrics exported: what is written says what became
/// of orders, and of nobody's address, card, name or number.
/// </summary>
public sealed class When_logs_and_traces_are_read(ITestOutputHelper output)
{
    [Fact]
    public async Task They_know_every_order_and_nobody()
    {
        using var collector = new TelemetryCollector();
        await using var system = await InStoreSystem.Prepare(new() { Loyalty = new() { KnowEveryCard = false }, Extra = [.. ApiKey.Settings, .. Talkative(collector), .. Customers()] });
        ApiKey.ShowBy(system);
        await system.Start();
        var day = new BusyDay(system);
        await day.Pass();
        var queues = await system.Broker.Queues();
        // Ended in order, so that nothing is left unsaid.
        await Task.WhenAll(system.All.Select(service => service.Stop()));

        var logs = system.All.SelectMany(service => service.Log.Select(line => (Where: $"log of {service.Name}", Text: line))).ToList();
        var (traces, metrics) = (Exports(collector, "traces"), Exports(collector, "metrics"));
        output.WriteLine($"{day.People.Count} people, {day.Orders.Count} orders: {logs.Count} lines of logs, {traces.Count} exports of spans, {metrics.Count} of metrics, {day.Answers.Count} answers");

        // What is not there cannot give anybody away: everything is there, and the search finds what it looks for.
        Assert.All(day.Orders, order => Assert.Contains(logs, line => line.Text.Contains($"{order}", StringComparison.OrdinalIgnoreCase)));
        Assert.All(day.Orders, order => Assert.Contains(traces, export => export.Text.Contains($"{order}", StringComparison.OrdinalIgnoreCase)));
        Assert.All(system.All, service =>
        {
            Assert.Contains(logs, line => line.Where.EndsWith(service.Name, StringComparison.Ordinal) && line.Text.Contains("\"LogLevel\":\"Debug\"", StringComparison.Ordinal));
            Assert.Contains(traces, export => export.Text.Contains(service.Name, StringComparison.Ordinal));
            Assert.Contains(metrics, export => export.Text.Contains(service.Name, StringComparison.Ordinal));
        });
        var personal = new PersonalData(day.People);
        Assert.All(day.People, person => Assert.NotNull(personal.In($"somebody logged {person.Email}")));

        var leaks = logs.Concat(traces).Concat(metrics).Concat(day.Answers)
            .SelectMany(written => personal.In(written.Text) is { } found ? [(written.Where, found.What, found.Around)] : Array.Empty<(string Where, string What, string Around)>())
            .GroupBy(leak => (leak.Where, leak.What)).Select(same => $"{same.Key.What}, {same.Count()} times in {same.Key.Where}: {same.First().Around}").ToList();
        Assert.True(leaks.Count == 0, string.Join(Environment.NewLine, leaks.Take(30)));
        Assert.DoesNotContain(queues.Keys, queue => queue.EndsWith("_error", StringComparison.Ordinal) || queue.EndsWith("_skipped", StringComparison.Ordinal));
    }

    private static List<(string Where, string Text)> Exports(TelemetryCollector collector, string signal) =>
        [.. collector.Exports.Where(export => export.Path == $"/v1/{signal}").Select(export => (signal, export.Text))];

    private static IEnumerable<(string, string, string)> Talkative(TelemetryCollector collector) =>
    [
        ("", "Logging__LogLevel__Default", "Trace"), ("", "Logging__Console__LogLevel__Default", "Trace"),
        ("", "Logging__Console__FormatterName", "json"), ("", "Logging__Console__FormatterOptions__IncludeScopes", "true"),
        ("", "Telemetry__OtlpEndpoint", collector.Address), ("", "Telemetry__OtlpProtocol", "http"),
        ("", "OTEL_METRIC_EXPORT_INTERVAL", "1000"), ("", "OTEL_BSP_SCHEDULE_DELAY", "500"),
    ];

    private static IEnumerable<(string, string, string)> Customers() =>
    [
        .. new[] { ("LoyaltyCard", "{card}"), ("Phone", "{phone}"), ("CustomerNumber", "{customerNumber}") }.SelectMany((kind, step) => new (string Key, string Value)[]
        {
            ("By", kind.Item1), ("Path", $"customers/{kind.Item2}"), ("EmailPath", "$.email"), ("NamePath", "$.name"), ("ExternalIdPath", "$.customerId"),
            ("StatusPath", "$.status"), ("BlockedStatuses__0", "blocked"),
        }.Select(setting => ("CustomerResolution", $"Loyalty__Lookups__{step}__{setting.Key}", setting.Value))),
        ("CustomerResolution", "Loyalty__WeakIdentifiers__Cards__0", new Person(BusyDay.WeakNumber).Card), ("CustomerResolution", "Loyalty__SharedCardOrdersPerDay", $"{BusyDay.SharedAfter}"),
        ("OrderJourney", "Journey__FirstRecheck", "00:00:01"), ("OrderJourney", "Journey__LongestOutageRecheck", "00:00:01"), ("OrderJourney", "Journey__SweepEvery", "00:00:00.5"),
    ];
}
