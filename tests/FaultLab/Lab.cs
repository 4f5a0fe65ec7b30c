using FaultLab.BuildingMutants;
using FaultLab.PlayingActs;
using FaultLab.RaisingStorms;
using FaultLab.StartingServers;

namespace FaultLab;

/// <summary>A run of the lab from the servers' start to the exit code.</summary>
internal static class Lab
{
    public const string OnlyActs = "acts", OnlyStorm = "storm";

    private static readonly TimeSpan ForActs = TimeSpan.FromSeconds(155), ForRecovery = TimeSpan.FromSeconds(60), ShortestStorm = TimeSpan.FromSeconds(20);

    public const int Kept = 0, Broken = 1, NotProven = 2;

    public static async Task<int> Run(LabSettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        var account = new Account(output);
        try
        {
            await using var servers = await LabServers.Start();
            var player = new ActPlayer(servers, settings.Logs);
            if (settings.Mutant is { } name)
            {
                using var tree = new PatchedTree(PatchedTree.Checkout);
                var mutant = Mutants.Named(name);
                account.Act(await PlayMutant(player, mutant, await tree.Build(mutant), cancellationToken));
            }
            else
            {
                foreach (var act in Acts.All.Where(act => settings.Only is null or OnlyActs || settings.Only == act.Name))
                    account.Act(await player.Play(act, null, cancellationToken));
                if (settings.Only is null or OnlyStorm)
                    await new StormPlayer(servers, account, settings).Play(StormOf(settings), cancellationToken);
            }
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

    /// <summary>Plays the act that must notice.</summary>
    public static Task<ActVerdict> PlayMutant(ActPlayer player, Mutant mutant, string program, CancellationToken cancellationToken) =>
        player.Play(Acts.Named(mutant.Act), new Dictionary<string, string> { [mutant.Service] = program }, cancellationToken);

    /// <summary>What is left for faults when acts, start and recovery have had their time. Not measured but reckoned: a repeated run has the same schedule.</summary>
    internal static TimeSpan StormOf(LabSettings settings)
    {
        var rest = settings.Length - (settings.Only is null ? ForActs : TimeSpan.Zero) - ForRecovery;
        return rest > ShortestStorm ? rest : ShortestStorm;
    }
}
