using System.Diagnostics;
using System.Globalization;
using Benchmarks.Reporting;
using RealServers;

namespace Benchmarks;

/// <summary>Measures the parts one after the other and writes down what they report, after each of them: an hour's work is not lost with its last minute.</summary>
internal sealed class Run(Scale scale, IReadOnlyList<IPart> parts, bool quick, FileInfo? output)
{
    private readonly Report _report = new();
    private readonly MarkdownTable _times = new("part", "took, s");

    /// <summary>0 when everything was measured and nothing was lost or doubled, otherwise 1.</summary>
    public async Task<int> Measure(CancellationToken cancellationToken)
    {
        await using var database = Environment.GetEnvironmentVariable(ServerAddresses.PostgresVariable) is null ? await OwnDatabaseServer.Start() : null;
        var (date, commit) = (TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), await Surroundings.Commit());
        var file = output ?? (quick ? null : new FileInfo(Path.Combine(Surroundings.Root.FullName, "tests", "Benchmarks", "results", $"{date}-{commit}.md")));
        file?.Directory!.Create();
        var text = "";
        foreach (var part in parts)
        {
            await Measure(part, cancellationToken);
            text = _report.ToMarkdown($"Benchmark of {date}, commit {commit}{(quick ? " (--quick: the figures mean nothing)" : "")}", _times, await Surroundings.Describe(CommandLine));
            if (file is not null)
                await File.WriteAllTextAsync(file.FullName, $"{text}\n", CancellationToken.None);
        }
        Console.WriteLine(text);
        return _report.IsClean ? 0 : 1;
    }

    // As it would be typed to get this again, without the place the report goes to.
    private string CommandLine =>
        $"dotnet run --project tests/Benchmarks -c Release -- {string.Join(' ', parts.Select(part => part.Name))}{(quick ? " --quick" : "")} --orders {scale.Orders} --rounds {scale.Rounds} --kept {string.Join(' ', scale.Kept)}";

    private async Task Measure(IPart part, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            await part.Measure(scale, _report, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The other parts can still be measured; this one is said to be missing, and the exit code tells.
            _report.Missing($"part {part.Name}", exception.Message.Split('\n')[0]);
            await Console.Error.WriteLineAsync($"{exception}");
        }
        _times.Row(part.Name, watch.Elapsed.TotalSeconds);
    }
}
