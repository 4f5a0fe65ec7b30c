using Benchmarks.Reporting;
using RunningSystem;

namespace Benchmarks.Tests.Reporting;

public sealed class ReportTests
{
    private static readonly Law Kept = new(10, 10, 0, 0, 0, 0, [], [], 0);

    private readonly Report _report = new();

    [Fact]
    public void A_run_that_kept_the_law_is_clean_even_if_an_aim_is_missed()
    {
        _report.Outcome("a run", Kept);
        _report.Aim("faster", "0.600", 0.1, met: false);

        Assert.True(_report.IsClean);
        Assert.Contains("| faster |  0.600 |    0.100 |  no |", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_order_is_not_clean()
    {
        _report.Outcome("a run", Kept);
        _report.Outcome("another", Kept with { Lost = [(Guid.Empty, "in the journal and without a journey")] });

        Assert.False(_report.IsClean);
        Assert.Matches(@"\| another +\| +10 \| +10 \| +0 \| +1 \| +0 \|", Text);
    }

    [Fact]
    public void A_doubled_order_is_not_clean()
    {
        _report.Outcome("a run", Kept with { Doubled = [Guid.Empty] });

        Assert.False(_report.IsClean);
    }

    [Fact]
    public void An_unfinished_order_is_not_clean()
    {
        _report.Outcome("a run", Kept with { Unfinished = 1 });

        Assert.False(_report.IsClean);
    }

    [Fact]
    public void A_repetition_that_the_ledger_knows_of_is_shown_and_is_clean()
    {
        _report.Outcome("a run", Kept with { CountedAsUnknown = 3 });

        Assert.True(_report.IsClean);
        Assert.Contains("3 |", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_said_on_top_with_its_reason_and_is_not_clean()
    {
        _report.Missing("cost with 10,000,000 orders kept", "40 GiB of disk are needed, 20 GiB are free.");

        Assert.False(_report.IsClean);
        Assert.Contains("Missing:\n\n- cost with 10,000,000 orders kept: 40 GiB of disk are needed, 20 GiB are free.\n", Text, StringComparison.Ordinal);
    }

    private string Text => _report.ToMarkdown("Benchmark", new MarkdownTable("part", "took, s"), "- a machine");
}
