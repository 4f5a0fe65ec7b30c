using FaultLab.BuildingMutants;
using FaultLab.PlayingActs;
using FaultLab.StartingServers;

namespace FaultLab.Tests;

/// <summary>
/// All mutants, played in the background. Three at a time: an act mostly waits, and each has a database and a virtual host of its own. Whoever stops the
/// broker has servers that nobody else uses meanwhile.
/// </summary>
public sealed class RunningLab(BuiltMutants built) : IAsyncLifetime
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Dictionary<string, TaskCompletionSource<ActVerdict>> _verdicts = Mutants.All.ToDictionary(mutant => mutant.Name, _ => new TaskCompletionSource<ActVerdict>());
    private Task _playing = Task.CompletedTask;

    /// <summary>What the lab says of a mutant, once it has played it.</summary>
    internal Task<ActVerdict> Verdict(Mutant mutant) => _verdicts[mutant.Name].Task;

    public ValueTask InitializeAsync()
    {
        var stopping = Mutants.All.ToLookup(mutant => Acts.Named(mutant.Act).StopsBroker);
        _playing = Task.WhenAll(Task.Run(() => Play([.. stopping[true]], atATime: 1)), Task.Run(() => Play([.. stopping[false]], atATime: 2)));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _playing;
        _ending.Dispose();
    }

    private async Task Play(IReadOnlyList<Mutant> mutants, int atATime)
    {
        try
        {
            await using var servers = await LabServers.Start();
            var player = new ActPlayer(servers, keepLogs: null);
            await Parallel.ForEachAsync(mutants, new ParallelOptions { MaxDegreeOfParallelism = atATime }, async (mutant, _) => await Play(player, mutant));
        }
        catch (Exception exception)
        {
            // No servers, or they would not end.
            foreach (var mutant in mutants)
                _verdicts[mutant.Name].TrySetException(exception);
        }
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
}
