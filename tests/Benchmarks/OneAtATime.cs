using Benchmarks.Reporting;

namespace Benchmarks;

/// <summary>The whole system against the function that handles one order after the other, with and without latency of the outside APIs.</summary>
internal sealed class OneAtATime : IPart
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    public string Name => "one-at-a-time";

    public async Task Measure(Scale scale, Report report, CancellationToken cancellationToken)
    {
        await using var function = await ArticleFunction.Start();
        await using var whole = await WholeSystem.Start();
        Report.Progress($"one-at-a-time: warming up with {scale.WarmUp} orders");
        await function.Pass(scale.OneAtATime.Fast, cancellationToken);
        await whole.Pass(scale.WarmUp, cancellationToken);

        var (one, all) = (await function.Pass(scale.OneAtATime.Fast, cancellationToken), await whole.Pass(scale.Orders, cancellationToken));
        await function.Delay(Latency);
        await whole.Processes.Loyalty.PutFault(new() { Delay = Latency });
        await whole.Processes.ProfileStore.Misbehave(new() { Delay = Latency });
        Report.Progress("one-at-a-time: with latency");
        var (oneSlow, allSlow) = (await function.Pass(scale.OneAtATime.Slow, cancellationToken), await whole.Pass(scale.Orders, cancellationToken));
        report.Outcome("one-at-a-time", await whole.Check());

        var ratio = allSlow.Rate / oneSlow.Rate;
        report.Aim("whole system against one at a time, 20 ms of latency in both APIs", "50.0", ratio, ratio >= 50);
        report.Section("Whole system against one order after the other");
        report.Show(new MarkdownTable("latency of both APIs", "one at a time, orders/s", "whole, orders/s", "ratio", "one at a time, ms/order", "whole, µs CPU/order")
            .Row("none", one.Rate, all.Rate, all.Rate / one.Rate, 1000 / one.Rate, all.MicrosecondsInAll)
            .Row("20 ms", oneSlow.Rate, allSlow.Rate, ratio, 1000 / oneSlow.Rate, allSlow.MicrosecondsInAll));
        report.Say($"""
            - One at a time: look-up by card, then Track, then the next order; no broker, journal, ledger, retry or e-mail marketing. {scale.OneAtATime.Fast} orders without latency, {scale.OneAtATime.Slow} with.
            - Whole: {scale.Orders} orders, {WholeSystem.Offering}.
            """);
    }
}
