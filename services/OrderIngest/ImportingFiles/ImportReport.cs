using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OrderIngest.ImportingFiles;

/// <summary>What the import says: a bar on a terminal, plain lines elsewhere, and a summary.</summary>
internal sealed class ImportReport(IAnsiConsole console)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private bool IsTerminal => console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal;

    public Task<ImportProgress> Show(Func<IProgress<ImportProgress>, Task<ImportProgress>> import) => IsTerminal ? ShowBar(import) : ShowLines(import);

    public void Summarise(ImportProgress summary)
    {
        (string Name, long Count)[] rows =
        [
            ("accepted", summary.Accepted), ("duplicates", summary.Duplicates), ("conflicts (changed after acceptance)", summary.Conflicts),
            ("rejected orders", summary.Rejected), ("rejected rows", summary.RejectedRows), ("skipped (no orders)", summary.Skipped), ("rows read", summary.Rows),
        ];
        var took = string.Create(CultureInfo.InvariantCulture, $"{summary.Orders:N0} orders in {summary.Elapsed.TotalSeconds:0.0} s, {summary.Rate:N0} orders/s");
        if (IsTerminal)
        {
            var table = new Table().AddColumn("").AddColumn(new TableColumn("").RightAligned()).HideHeaders().Border(TableBorder.Rounded).Caption(took);
            foreach (var (name, count) in rows)
                table.AddRow(name, count.ToString("N0", CultureInfo.InvariantCulture));
            console.Write(table);
        }
        else
        {
            foreach (var (name, count) in rows)
                Line(string.Create(CultureInfo.InvariantCulture, $"{name}: {count}"));
            Line(took);
        }
        if (summary.NotAccepted > 0)
            Line("What was rejected is kept with its reasons: GET /rejected lists it.");
    }

    public int Fail(string why, int exitCode)
    {
        Line($"The import failed. {why}");
        return exitCode;
    }

    private async Task<ImportProgress> ShowLines(Func<IProgress<ImportProgress>, Task<ImportProgress>> import)
    {
        var last = TimeSpan.Zero;
        return await import(new Reporter(progress =>
        {
            if (progress.Elapsed - last < BetweenLines)
                return;
            last = progress.Elapsed;
            Line($"{100.0 * progress.BytesRead / Math.Max(1, progress.BytesInAll):0} % read: {Words(progress)}");
        }));
    }

    private Task<ImportProgress> ShowBar(Func<IProgress<ImportProgress>, Task<ImportProgress>> import) => console.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
        .StartAsync(async context =>
        {
            var bar = context.AddTask("reading");
            var summary = await import(new Reporter(progress =>
            {
                bar.MaxValue = Math.Max(1, progress.BytesInAll);
                bar.Value = progress.BytesRead;
                bar.Description = Markup.Escape(Words(progress));
            }));
            bar.Value = bar.MaxValue;
            return summary;
        });

    private static string Words(ImportProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.Orders:N0} orders, {progress.Rate:N0}/s, {progress.NotAccepted:N0} rejected so far, {(progress.Left is { } left ? $"{left:mm\\:ss} left" : "time left unknown")}");

    // Whole lines, never folded at the width of a terminal that is not there.
    private void Line(string text) => console.Write(new Unfolded(text));

    private sealed class Unfolded(string text) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => new(text.Length, text.Length);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [new(text), Segment.LineBreak];
    }

    // Progress<T> would report later and on another thread.
    private sealed class Reporter(Action<ImportProgress> report) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => report(value);
    }
}
