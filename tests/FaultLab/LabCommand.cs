using System.CommandLine;
using FaultLab.BuildingMutants;
using FaultLab.PlayingActs;

namespace FaultLab;

/// <summary>The command line.</summary>
internal static class LabCommand
{
    public static async Task<int> Run(string[] args)
    {
        var defaults = new LabSettings();
        var seed = new Option<int>("--seed") { Description = "Every random decision comes from it.", DefaultValueFactory = _ => defaults.Seed };
        var minutes = new Option<double>("--minutes") { Description = "Length of the whole run; the acts alone take about two and a half.", DefaultValueFactory = _ => defaults.Length.TotalMinutes };
        var rate = new Option<int>("--rate") { Description = "Orders offered per second during the storm.", DefaultValueFactory = _ => defaults.Rate };
        var only = new Option<string?>("--only") { Description = "One act, acts, or storm." };
        only.AcceptOnlyFromAmong([.. Acts.All.Select(act => act.Name), Lab.OnlyActs, Lab.OnlyStorm]);
        var mutant = new Option<string?>("--mutant") { Description = "Switches a guard off in a patched build and plays its act: must fail." };
        mutant.AcceptOnlyFromAmong([.. Mutants.All.Select(known => known.Name)]);
        var logs = new Option<DirectoryInfo?>("--logs") { Description = "Keeps the services' logs in this folder." };
        var list = new Option<bool>("--list") { Description = "Lists acts and mutants, runs nothing." };
        var root = new RootCommand("Breaks everything around the system, and parts of it, and counts what was lost or doubled. Exit code 0: nothing was.")
        {
            seed, minutes, rate, only, mutant, logs, list,
        };
        root.SetAction(async (parsed, cancellationToken) => parsed.GetValue(list) ? List() : await Lab.Run(
            new()
            {
                Seed = parsed.GetValue(seed),
                Length = TimeSpan.FromMinutes(Math.Clamp(parsed.GetValue(minutes), 0.1, 24 * 60)),
                Rate = Math.Clamp(parsed.GetValue(rate), 1, 2000),
                Only = parsed.GetValue(only),
                Mutant = parsed.GetValue(mutant),
                Logs = parsed.GetValue(logs),
            },
            Console.Out, cancellationToken));
        // Ctrl+C ends the servers first.
        return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
    }

    private static int List()
    {
        foreach (var act in Acts.All)
            Console.WriteLine($"act     {act.Name,-22} {act.Promise}");
        foreach (var mutant in Mutants.All)
            Console.WriteLine($"mutant  {mutant.Name,-22} breaks {mutant.Act}: {mutant.What}");
        return 0;
    }
}
