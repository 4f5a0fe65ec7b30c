using System.CommandLine;

namespace Benchmarks;

/// <summary><c>dotnet run --project tests/Benchmarks -c Release -- [PART ...]</c>: exit code 0 when everything was measured and nothing was lost or doubled.</summary>
internal static class CommandLine
{
    private static readonly IPart[] All = [new Pipeline(), new OneAtATime(), new SenderAlone(), new LatencyAtRates(), new FileImport(), new ImportBesideOldOrders(), new Footprint(), new KeptOrders()];

    public static Task<int> Run(string[] args)
    {
        var parts = new Argument<string[]>("PART") { Description = "What to measure; everything where none is named.", Arity = ArgumentArity.ZeroOrMore };
        parts.AcceptOnlyFromAmong([.. All.Select(part => part.Name)]);
        var orders = new Option<int?>("--orders") { Description = "Orders of one measured pass (20,000)." };
        var rounds = new Option<int?>("--rounds") { Description = "Passes of each kind, of which the median counts (3)." };
        var output = new Option<FileInfo?>("--output") { Description = "Where the report is written besides the console (tests/Benchmarks/results/<date>-<commit>.md; with --quick nowhere)." };
        var kept = new Option<int[]>("--kept") { Description = "Finished orders kept, in thousands at least, rising (1000000 10000000): for a smaller disk.", AllowMultipleArgumentsPerToken = true };
        var quick = new Option<bool>("--quick") { Description = "Small numbers: shows within minutes that it works; the figures mean nothing." };
        foreach (var option in new[] { orders, rounds })
            option.Validators.Add(result => { if (result.GetValueOrDefault<int?>() < 1) result.AddError($"{result.Option.Name} must be 1 or more"); });
        kept.Validators.Add(result =>
        {
            var levels = result.GetValueOrDefault<int[]>();
            if (levels.Any(level => level < 1000) || levels.Zip(levels.Skip(1)).Any(pair => pair.First >= pair.Second))
                result.AddError("--kept must be 1000 or more, each greater than the one before");
        });
        var root = new RootCommand("Measures this system on RabbitMQ and PostgreSQL, and compares it with what MassTransit alone costs.") { parts, orders, rounds, kept, output, quick };
        root.SetAction((parsed, cancellationToken) =>
        {
            var scale = parsed.GetValue(quick) ? Scale.Quick : new();
            scale = scale with
            {
                Orders = parsed.GetValue(orders) ?? scale.Orders,
                Rounds = parsed.GetValue(rounds) ?? scale.Rounds,
                Kept = parsed.GetValue(kept) is { Length: > 0 } levels ? levels : scale.Kept,
            };
            var wanted = parsed.GetValue(parts) is { Length: > 0 } named ? All.Where(part => named.Contains(part.Name)).ToList() : [.. All];
            return new Run(scale, wanted, parsed.GetValue(quick), parsed.GetValue(output)).Measure(cancellationToken);
        });
        // Whatever is interrupted takes its databases and virtual hosts with it.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
    }
}
