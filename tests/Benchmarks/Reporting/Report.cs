using System.Text;
using RunningSystem;
using static Benchmarks.Reporting.MarkdownTable;

namespace Benchmarks.Reporting;

/// <summary>What was measured, in the order it was measured; the aims and the proof that nothing was lost come out on top.</summary>
internal sealed class Report
{
    private readonly MarkdownTable _aims = new("aim", "wanted", "measured", "met");
    private readonly MarkdownTable _runs = new("run", "accepted", "tracked", "unfinished", "lost", "doubled", "counted as unknown");
    private readonly StringBuilder _sections = new();
    private readonly List<string> _missing = [];

    /// <summary>False once an order was lost, doubled or left unfinished, or something could not be measured.</summary>
    public bool IsClean { get; private set; } = true;

    /// <summary>Tells whoever waits what is going on; not part of the report.</summary>
    public static void Progress(string what) => Console.Error.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss} {what}");

    public void Section(string title) => _sections.Append($"\n## {title}\n");

    public void Say(string text) => _sections.Append($"\n{text}\n");

    public void Show(MarkdownTable table) => _sections.Append($"\n{table}");

    /// <summary>A figure against its aim in the design.</summary>
    public void Aim(string aim, string wanted, object measured, bool met) => _aims.Row(aim, wanted, Text(measured), met ? "yes" : "no");

    /// <summary>A figure that there is not, and why.</summary>
    public void Missing(string what, string why)
    {
        _missing.Add($"{what}: {why}");
        Say($"**Missing: {what}.** {why}");
        IsClean = false;
        Progress($"missing: {what}: {why}");
    }

    /// <summary>What became of every order of a run, compared by key.</summary>
    public void Outcome(string run, Law law)
    {
        foreach (var (id, missing) in law.Lost.Take(10))
            Progress($"{run}: {id} {missing}");
        Outcome(run, law.Accepted, law.Tracked, law.Unfinished, law.Lost.Count, law.Doubled.Count, law.CountedAsUnknown);
    }

    /// <summary>The same where there is no law to check, only numbers.</summary>
    public void Outcome(string run, int accepted, int? tracked, int unfinished, int lost, int doubled, int unknown)
    {
        _runs.Row(run, accepted, tracked is { } count ? count : "-", unfinished, lost, doubled, unknown);
        IsClean &= unfinished == 0 && lost == 0 && doubled == 0;
    }

    /// <summary>The whole report.</summary>
    /// <param name="title">Its first line.</param>
    /// <param name="times">How long each part took.</param>
    /// <param name="surroundings">Machine, versions, settings.</param>
    public string ToMarkdown(string title, MarkdownTable times, string surroundings) => $"""
        # {title}

        ## Against the aims

        {_aims}
        {(_missing.Count == 0 ? "Everything that was asked for was measured." : $"Missing:\n\n{string.Join('\n', _missing.Select(missing => $"- {missing}"))}")}

        ## Lost and doubled

        {_runs}
        Journal, journeys, ledger and profile store compared by key after each run; an import by the number of rows in the journal. Warm-up orders are included.
        {_sections}
        ## Machine, versions, settings

        {surroundings}

        {times}
        """.ReplaceLineEndings("\n").TrimEnd();
}
