using FaultLab.BuildingMutants;
using FaultLab.PlayingActs;
using FaultLab.RaisingStorms;
using FaultLab.StartingServers;

namespace FaultLab;

/// <summary>A run of the lab from the servers' start to the exit code.</summary>
internal static class Lab
{
    public const string OnlyActs = "acts", OnlyStorm = "storm";

    private static readonly TimeSpan ForActs = TimeSpan.FromSeconds(125), ForRecovery = TimeSpan.FromSeconds(60), ShortestStorm = TimeSpan.FromSeconds(20);

    public const int Kept = 0, Broken = 1, NotProven = 2;

    public static async Task<int> Run(LabSettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        var account = new Account(output);
        try
        {
            await using var servers = await LabServers.Start();
            if (settings.Mutant is { } name)
            {
                using var tree = new PatchedTree(PatchedTree.Checkout);
                var mutant = Mutants.Named(name);
                await Play(Acts.Named(mutant.Act), new Dictionary<string, string> { [mutant.Service] = await tree.Build(mutant) });
            }
            else
            {
                foreach (var act in Acts.All.Where(act => settings.Only is null or OnlyActs || settings.Only == act.Name))
                    await Play(act, null);
                if (settings.Only is null or OnlyStorm)
                    await new StormPlayer(servers, account, settings).Play(StormOf(settings), cancellationToken);
            }

            async Task Play(Act act, IReadOnlyDictionary<string, string>? patched) =>
                account.Act(await new ActPlayer(servers, settings.Logs).Play(act, patched, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            account.NotProven("the run was interrupted");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            account.NotProven($"the lab failed: {exception}");
        }
        return account.Close();
    }

    /// <summary>What is left for faults when acts, start and recovery have had their time. Not measured but reckoned: a repeated run has the same schedule.</summary>
    internal static TimeSpan StormOf(LabSettings settings)
    {
        var rest = settings.Length - (settings.Only is null ? ForActs : TimeSpan.Zero) - ForRecovery;
        return rest > ShortestStorm ? rest : ShortestStorm;
    }
}
