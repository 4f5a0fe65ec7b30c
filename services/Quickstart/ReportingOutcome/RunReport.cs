using System.Diagnostics;
using System.Globalization;
using OrderIngest.ImportingFiles;
using Spectre.Console;

namespace Quickstart.ReportingOutcome;

/// <summary>What a run says: progress bars on a terminal and plain lines elsewhere, a table, where to look, and the law as the last line.</summary>
internal sealed class RunReport(IAnsiConsole console)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    private bool IsTerminal => console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal;

    public Task<ImportProgress> Importing(Func<IProgress<ImportProgress>, Task<ImportProgress>> import) =>
        Watched("Importing", (say, fill) => import(new Reporter(progress =>
        {
            fill(progress.BytesRead, progress.BytesInAll);
            say(Words($"importing: {progress.Orders:N0} orders, {progress.Rate:N0}/s, {progress.NotAccepted:N0} rejected so far"));
        })));

    public Task<Outcome> Settling(OutcomeReader reader, TimeSpan patience, CancellationToken cancellationToken) =>
        Watched("Travelling", async (say, fill) =>
        {
            var watch = Stopwatch.StartNew();
            using var looks = new PeriodicTimer(BetweenLooks);
            while (true)
            {
                var outcome = await reader.Read(cancellationToken);
                var settled = outcome.Tracked + outcome.Waiting + outcome.Unidentified + outcome.Suppressed + outcome.Failed;
                fill(settled, outcome.Accepted);
                say(Words($"travelling: {settled:N0} of {outcome.Accepted:N0} orders have settled, {outcome.Tracked:N0} tracked"));
                if (outcome.IsSettled || watch.Elapsed > patience)
                    return outcome;
                await looks.WaitForNextTickAsync(cancellationToken);
            }
        });

    /// <summary>The table, and either where to look (the run stays up) or nothing more; the law is always the last line.</summary>
    public void Tell(ImportProgress imported, Outcome outcome, Uri? stayingAt)
    {
        // Where no terminal is, lines are not folded: scripts read the last one.
        if (!IsTerminal)
            console.Profile.Width = 200;
        var table = new Table().Border(IsTerminal ? TableBorder.Rounded : TableBorder.Ascii).AddColumn("orders").AddColumn(new TableColumn("").RightAligned()).AddColumn("which means");
        void Row(string name, long count, string meaning) => table.AddRow(name, count.ToString("N0", CultureInfo.InvariantCulture), meaning);
        Row("accepted", outcome.Accepted, Words($"in the journal, {imported.Duplicates:N0} repetitions had no effect"));
        Row("tracked", outcome.Tracked, "the profile store has accepted them");
        if (outcome.AtOdp is { } atOdp)
            Row("at ODP", atOdp, "these, and those of cards that nobody has registered yet");
        Row("waiting for a customer", outcome.Waiting, "nobody has registered the card yet");
        Row("unidentified", outcome.Unidentified, "no card and no e-mail, or several holders");
        Row("suppressed", outcome.Suppressed, "the customer is blocked, or withdrew consent");
        Row("needs attention", outcome.Failed, "a destination refused, or nobody answered");
        Row("rejected rows", outcome.RejectedRows, Words($"of {imported.NotAccepted:N0} faulty orders, kept with every reason"));
        console.WriteLine();
        console.Write(table);
        if (!outcome.IsSettled)
            console.WriteLine(Words($"{outcome.UnderWay:N0} orders have not settled in time."));
        if (outcome.Tracked != outcome.Delivered || outcome.Doubled > 0)
            console.WriteLine(Words($"The profile store holds {outcome.Delivered:N0} orders, {outcome.Doubled:N0} of them twice."));
        if (stayingAt is not null)
            TellWhereToLook(stayingAt, outcome.AtOdp is not null);
        console.WriteLine(outcome.Law);
    }

    private void TellWhereToLook(Uri at, bool withOdp)
    {
        (string Path, string Meaning)[] places =
        [
            ("journeys/summary", "how many orders are where"),
            ("journeys?state=AwaitingCustomer", "who waits for a card"),
            ("rejected", "what was rejected, and why"),
            ("contacts.csv", "what e-mail marketing knows by now"),
            ("deliveries/summary", "the ledger at the exit"),
            ("stand-ins/profile-store/stand-in/events?limit=3", "what the profile store received"),
            .. withOdp ? [("stand-ins/odp/stand-in/events?limit=3", "what ODP received")] : Array.Empty<(string, string)>(),
            ("health/ready", "is everything well?"),
            ("openapi/v1.json", "how to send an order"),
        ];
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (path, meaning) in places)
            grid.AddRow(new Text(new Uri(at, path).ToString()), new Text(meaning));
        console.WriteLine();
        console.Write(grid);
        console.WriteLine("Ctrl+C ends it.");
        console.WriteLine();
    }

    private async Task<T> Watched<T>(string what, Func<Action<string>, Action<double, double>, Task<T>> work)
    {
        if (IsTerminal)
        {
            return await console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).StartAsync(async context =>
            {
                var bar = context.AddTask(what);
                return await work(words => bar.Description = Markup.Escape(words), (done, all) => (bar.MaxValue, bar.Value) = (Math.Max(1, all), done));
            });
        }
        var last = Stopwatch.StartNew();
        var words = "";
        var result = await work(latest =>
        {
            words = latest;
            if (last.Elapsed < BetweenLines)
                return;
            last.Restart();
            console.WriteLine(latest);
        }, (_, _) => { });
        console.WriteLine(words);
        return result;
    }

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Reporter(Action<ImportProgress> report) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => report(value);
    }
}
