namespace EndToEnd.Tests;

/// <summary>Names as Prometheus and its expressions have them.</summary>
public sealed class WatchedMetricTests
{
    [Theory]
    [InlineData("max(order_ingest_relay_lag_seconds) > 120", "order_ingest_relay_lag_seconds()")]
    [InlineData("max by (state) (a_total{state=~\"X|Y\", job=\"j\"}) > 900", "a_total(job,state)")]
    [InlineData("histogram_quantile(0.95, sum by (job, le) (rate(b_bucket[$__rate_interval])))", "b_bucket(job,le)")]
    [InlineData("sum(increase(c[1h])) / sum(increase(d{x=\"a_b\"}[1h])) < 0.98 and e > 20", "c() d(x) e()")]
    [InlineData("f:g:h offset 1w > time() - 604800 unless f:g:h", "f:g:h() f:g:h()")]
    [InlineData("i{queue=~\".+_(error|skipped)\"} == 0", "i(queue)")]
    public void In_finds_metrics_and_their_labels(string expression, string found) =>
        Assert.Equal(found, string.Join(' ', WatchedMetric.In(expression, "").Select(metric => $"{metric.Name}({string.Join(',', metric.Labels.Order(StringComparer.Ordinal))})")));

    [Theory]
    [InlineData("order_ingest.relay.lag", "s", "Gauge", "order_ingest_relay_lag_seconds")]
    [InlineData("order_ingest.relay.waiting", "{order}", "Gauge", "order_ingest_relay_waiting")]
    [InlineData("order_journey.state.entered", "{journey}", "Counter", "order_journey_state_entered_total")]
    [InlineData("profilestoresender.destination.pace", "{request}/s", "Gauge", "profilestoresender_destination_pace_per_second")]
    [InlineData("profilestoresender.send.duration", "s", "Histogram", "profilestoresender_send_duration_seconds_bucket profilestoresender_send_duration_seconds_sum profilestoresender_send_duration_seconds_count")]
    [InlineData("dotnet.process.memory.working_set", "By", "Gauge", "dotnet_process_memory_working_set_bytes")]
    [InlineData("dotnet.process.cpu.time", "s", "Counter", "dotnet_process_cpu_time_seconds_total")]
    [InlineData("some.total.count", "1", "Gauge", "some_total_count_ratio")]
    [InlineData("some.total", "", "Counter", "some_total")]
    public void Of_spells_a_metric_as_Prometheus_does(string name, string unit, string kind, string spelled) =>
        Assert.Equal(spelled, string.Join(' ', PrometheusName.Of(new(name, unit, Enum.Parse<MetricKind>(kind)))));
}
