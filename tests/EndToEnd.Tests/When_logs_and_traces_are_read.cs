namespace EndToEnd.Tests;

/// <summary>What is written and exported on a busy day says what became of orders, and of nobody's address, card, name or number; and every metric that operators watch is in it.</summary>
public sealed class When_logs_and_traces_are_read(TalkativeDay talkative, ITestOutputHelper output) : IClassFixture<TalkativeDay>
{
    // Prometheus' own, and RabbitMQ's: those its plugin rabbitmq_prometheus shows at /metrics/detailed?family=queue_coarse_metrics&family=queue_consumer_count.
    private static readonly string[] OfOthers = ["up", "rabbitmq_detailed_queue_messages_ready", "rabbitmq_detailed_queue_messages_unacked", "rabbitmq_detailed_queue_consumers"];

    [Fact]
    public void They_know_every_order_and_nobody()
    {
        var (day, services) = (talkative.Day, talkative.Services);
        var logs = services.SelectMany(service => service.Log.Select(line => (Where: $"log of {service.Name}", Text: line))).ToList();
        var (traces, metrics) = (Texts("traces"), Texts("metrics"));
        output.WriteLine($"{day.People.Count} people, {day.Orders.Count} orders: {logs.Count} lines of logs, {traces.Count} exports of spans, {metrics.Count} of metrics, {day.Answers.Count} answers");

        // What is not there cannot give anybody away: everything is there, and the search finds what it looks for.
        Assert.All(day.Orders, order => Assert.Contains(logs, line => line.Text.Contains($"{order}", StringComparison.OrdinalIgnoreCase)));
        Assert.All(day.Orders, order => Assert.Contains(traces, export => export.Text.Contains($"{order}", StringComparison.OrdinalIgnoreCase)));
        Assert.All(services, service =>
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
        Assert.DoesNotContain(talkative.Queues, queue => queue.EndsWith("_error", StringComparison.Ordinal) || queue.EndsWith("_skipped", StringComparison.Ordinal));
    }

    /// <summary>A dashboard or an alert that names a metric which nobody emits shows and says nothing, for ever.</summary>
    [Fact]
    public void Every_metric_that_dashboards_and_alerts_name_is_exported_by_that_name_with_those_labels()
    {
        var exported = ExportedMetric.Of(talkative.Exports.Where(export => export.Path == "/v1/metrics")).Where(metric => IsWatched(metric)).ToList();
        var names = exported.SelectMany(PrometheusName.Of, (metric, name) => (metric, name)).ToLookup(pair => pair.name, pair => pair.metric);
        var watched = WatchedMetric.All().Where(metric => !OfOthers.Contains(metric.Name) && !WatchedMetric.Recorded().Contains(metric.Name)).ToList();
        output.WriteLine($"{names.Count} names exported, {watched.Select(metric => metric.Name).Distinct().Count()} of them watched in {watched.Count} places");

        Assert.True(watched.Count > 60, "the search for metrics finds hardly any");
        Assert.Equal(OfOthers.Order(), WatchedMetric.All().Select(metric => metric.Name).Where(OfOthers.Contains).Distinct().Order());
        var missing = watched.SelectMany(metric => Faults(metric, [.. names[metric.Name]])).Distinct().ToList();
        Assert.True(missing.Count == 0, $"{string.Join(Environment.NewLine, missing)}{Environment.NewLine}exported: {string.Join(' ', names.Select(name => name.Key).Order())}");
    }

    private static IEnumerable<string> Faults(WatchedMetric watched, IReadOnlyList<ExportedMetric> exported)
    {
        if (exported.Count == 0)
            return [$"{watched.Where}: nobody exports {watched.Name}"];
        var labels = exported.SelectMany(PrometheusName.Labels).ToHashSet();
        return watched.Labels.Where(label => !labels.Contains(label)).Select(label => $"{watched.Where}: {watched.Name} has no label {label}")
            .Concat(watched.Jobs.Where(job => !exported.Any(metric => metric.Jobs.Contains(job))).Select(job => $"{watched.Where}: {job} does not export {watched.Name}"));
    }

    // The libraries export much else, with units that nobody needs here.
    private static bool IsWatched(ExportedMetric metric) => metric.Unit is "" or "1" or "s" or "By" || metric.Unit.Contains('{', StringComparison.Ordinal);

    private List<(string Where, string Text)> Texts(string signal) =>
        [.. talkative.Exports.Where(export => export.Path == $"/v1/{signal}").Select(export => (signal, export.Text))];
}
