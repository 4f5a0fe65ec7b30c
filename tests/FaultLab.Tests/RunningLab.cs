using FaultLab.BuildingMutants;
using FaultLab.PlayingActs;
using FaultLab.StartingServers;

namespace FaultLab.Tests;

/// <summary>
/// The lab's servers, once for all mutants. Two are played at a time: an act mostly waits, and each has a database and a virtual host of its own.
/// Whoever stops the broker is played alone.
/// </summary>
public sealed class RunningLab(BuiltMutants built) : IAsyncLifetime
{
    private const int AtATime = 2;

    private readonly CancellationTokenSource _ending = new();
    private readonly Dictionary<string, TaskCompletionSource<ActVerdict>> _verdicts = Mutants.All.ToDictionary(mutant => mutant.Name, _ => new TaskCompletionSource<ActVerdict>());
    private LabServers _servers = null!;
    private Task _playing = Task.CompletedTask;

    /// <summary>What the lab says of a mutant, once it has played it.</summary>
    internal Task<ActVerdict> Verdict(Mutant mutant) => _verdicts[mutant.Name].Task;

    public async ValueTask InitializeAsync()
    {
        _servers = await LabServers.Start();
        _playing = Task.Run(PlayAll);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _playing;
        _ending.Dispose();
        await _servers.DisposeAsync();
    }

    private async Task PlayAll()
    {
        var player = new ActPlayer(_servers, keepLogs: null);
        var (alone, together) = (Mutants.All.Where(StopsBroker).ToList(), Mutants.All.Where(mutant => !StopsBroker(mutant)).ToList());
        foreach (var mutant in alone)
            await Play(player, mutant);
        await Parallel.ForEachAsync(together, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (mutant, _) => await Play(player, mutant));
    }

    private async Task Play(ActPlayer player, Mutant mutant)
    {
        try
        {
            _verdicts[mutant.Name].SetResult(await Lab.PlayMutant(player, mutant, await built.Program(mutant, _ending.Token), _ending.Token));
        }
        catch (Exception exception)
        {
            // Whoever waits for the verdict hears of it.
            _verdicts[mutant.Name].SetException(exception);
        }
    }

    private static bool StopsBroker(Mutant mutant) => Acts.Named(mutant.Act).StopsBroker;
}
