using Benchmarks.Measuring;
using Benchmarks.Reporting;

namespace Benchmarks;

/// <summary>How fast the whole system is, measured in a MassTransit pipeline that does nothing: both in turn, on one broker, in one run.</summary>
internal sealed class Pipeline : IPart
{
    public string Name => "pipeline";

    public async Task Measure(Scale scale, Report report, CancellationToken cancellationToken)
    {
        await using var bare = await BarePipeline.Start();
        await using var whole = await WholeSystem.Start();
        Report.Progress($"pipeline: warming up with {scale.WarmUp} orders each");
        await bare.Pass(scale.WarmUp);
        await whole.Pass(scale.WarmUp, cancellationToken);
        var rounds = new List<(Throughput Bare, Throughput Whole)>();
        for (var round = 0; round < scale.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rounds.Add((await bare.Pass(scale.Orders), await whole.Pass(scale.Orders, cancellationToken)));
            Report.Progress($"pipeline: bare {rounds[^1].Bare.Rate:0}/s, whole {rounds[^1].Whole.Rate:0}/s");
        }
        report.Outcome("pipeline", await whole.Check());
        await Show(scale, report, rounds, bare, whole);
    }

    private static async Task Show(Scale scale, Report report, List<(Throughput Bare, Throughput Whole)> rounds, BarePipeline bare, WholeSystem whole)
    {
        var ratio = Statistics.Median(rounds.Select(round => round.Whole.Rate / round.Bare.Rate));
        report.Aim("whole system against a bare pipeline of three hops, orders per second", "0.600", ratio, ratio >= 0.6);
        report.Section("Whole system against a bare pipeline");
        var rates = new MarkdownTable("round", "bare, orders/s", "whole, orders/s", "ratio", "bare, µs CPU/order", "whole, µs CPU/order", "ratio");
        foreach (var (number, round) in rounds.Index())
        {
            rates.Row($"{number + 1}", round.Bare.Rate, round.Whole.Rate, round.Whole.Rate / round.Bare.Rate,
                round.Bare.MicrosecondsInAll, round.Whole.MicrosecondsInAll, round.Bare.MicrosecondsInAll / round.Whole.MicrosecondsInAll);
        }
        rates.Row(
            "median", Median(round => round.Bare.Rate), Median(round => round.Whole.Rate), ratio, Median(round => round.Bare.MicrosecondsInAll),
            Median(round => round.Whole.MicrosecondsInAll), Median(round => round.Bare.MicrosecondsInAll / round.Whole.MicrosecondsInAll));
        report.Show(rates);
        report.Say("Processor time by program, median of the rounds, microseconds per order. \"This process\" is the bare pipeline there; here it offers the orders and holds both stand-ins.");
        var programs = new MarkdownTable("program", "bare", "whole");
        foreach (var program in rounds[0].Whole.Processor.ByProgram.Keys)
            programs.Row(program, rounds[0].Bare.Processor.ByProgram.ContainsKey(program) ? Median(round => round.Bare.Microseconds(program)) : "-", Median(round => round.Whole.Microseconds(program)));
        report.Show(programs);
        report.Say($"""
            - Each pass {scale.Orders} orders, after {scale.WarmUp} of warm-up; both stay up and rest while the other is measured.
            - Bare: {BarePipeline.Settings}. {await Queues(bare.Broker)}.
            - Whole: {WholeSystem.Offering}. From the first order offered until the last journey is tracked. {await Queues(whole.Processes.Broker)}.
            - The passes end before journal and journeys are reconciled, a minute after publication; part kept includes that.
            """);

        double Median(Func<(Throughput Bare, Throughput Whole), double> figure) => Statistics.Median(rounds.Select(figure));
    }

    private static async Task<string> Queues(RealServers.TestBroker broker)
    {
        var (queues, (publishing, confirming)) = (await broker.Queues(), await broker.PublishingChannels());
        return $"The broker lists {queues.Values.Count(queue => queue is { Type: "quorum", Durable: true })} durable quorum queues of {queues.Count}, and confirms on {confirming} of {publishing} channels that published";
    }
}
