using Benchmarks.Measuring;
using Benchmarks.Reporting;

namespace Benchmarks;

/// <summary>How long an order takes from the till until its journey is tracked, at several rates.</summary>
internal sealed class LatencyAtRates : IPart
{
    private static readonly int[] Rates = [50, 200, 500];

    public string Name => "latency";

    public async Task Measure(Scale scale, Report report, CancellationToken cancellationToken)
    {
        await using var system = await WholeSystem.Start();
        Report.Progress($"latency: warming up with {scale.WarmUp} orders");
        await system.Pass(scale.WarmUp, cancellationToken);
        var ids = new List<Guid>((await OpenLoop.Run(system, Rates[1], scale.AtEachRate, cancellationToken)).Ids);
        var table = new MarkdownTable("orders/s offered", "orders", "not accepted", "202: p50 ms", "202: p95 ms", "tracked: p50 ms", "p95 ms", "p99 ms", "max ms", "visible after ms", "µs CPU/order");
        var processor = new List<Throughput>();
        foreach (var rate in Rates)
        {
            Report.Progress($"latency: {rate} orders/s for {scale.AtEachRate.TotalSeconds:0} s");
            var seen = await OpenLoop.Run(system, rate, scale.AtEachRate, cancellationToken);
            ids.AddRange(seen.Ids);
            processor.Add(seen.Throughput);
            table.Row(
                rate, seen.Offered, seen.Offered - seen.Ids.Count, Statistics.Percentile(seen.ToAcceptance, 50), Statistics.Percentile(seen.ToAcceptance, 95),
                Statistics.Percentile(seen.ToTracked, 50), Statistics.Percentile(seen.ToTracked, 95), Statistics.Percentile(seen.ToTracked, 99), seen.ToTracked.Max(),
                seen.ToVisible.Count > 0 ? Statistics.Median(seen.ToVisible) : null, seen.Throughput.MicrosecondsInAll);
            if (rate == 200)
                report.Aim("at 200 orders/s, 95 of 100 tracked within", "500 ms", Statistics.Percentile(seen.ToTracked, 95), Statistics.Percentile(seen.ToTracked, 95) <= 500 && seen.Ids.Count == seen.Offered);
            if (seen.Ids.Count < seen.Offered)
                report.Missing($"orders at {rate}/s", $"{seen.Offered - seen.Ids.Count} of {seen.Offered} were not answered 202; the percentiles are of the others");
        }
        report.Outcome("latency", await system.Check(ids));
        report.Section("From the till until tracked");
        report.Show(table);
        report.Say("Processor time by program, microseconds per order: the fewer orders at a time, the fewer share a round trip, and what runs anyway falls on fewer.");
        var programs = new MarkdownTable(["program", .. Rates.Select(rate => $"at {rate}/s")]);
        foreach (var program in processor[0].Processor.ByProgram.Keys)
            programs.Row([program, .. processor.Select(pass => (object?)pass.Microseconds(program))]);
        report.Show(programs);
        report.Say($"""
            - Single orders over POST /orders, {scale.AtEachRate.TotalSeconds:0} s at each rate, at moments of a Poisson process fixed beforehand: a late answer delays no other order. Everything counts from the moment the order should have been sent, not from when it was.
            - Tracked is the time stamp the journey's row has for its state (state_since), read after the run, so measuring disturbs nothing. It is taken just before the row is committed; "visible after" is the median, over a few orders watched one at a time, of how much later another connection saw it (looked for every 4 ms).
            """);
    }
}
