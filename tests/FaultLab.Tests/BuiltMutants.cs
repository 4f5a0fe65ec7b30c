using FaultLab.BuildingMutants;
using FaultLab.Tests;

[assembly: AssemblyFixture(typeof(BuiltMutants))]

namespace FaultLab.Tests;

/// <summary>
/// All mutants, built one after the other with the time that nobody else wants, from the first moment on: the storm, which is timed, leaves half of two processors.
/// </summary>
public sealed class BuiltMutants : IAsyncLifetime
{
    private readonly Dictionary<string, TaskCompletionSource<string>> _programs = Mutants.All.ToDictionary(mutant => mutant.Name, _ => new TaskCompletionSource<string>());
    private readonly PatchedTree _tree = new(PatchedTree.Checkout);
    private Task _building = Task.CompletedTask;
    private volatile bool _ending;

    public ValueTask InitializeAsync()
    {
        _building = Task.Run(BuildAll);
        return ValueTask.CompletedTask;
    }

    /// <summary>The assembly of a mutant's service, once it is built.</summary>
    internal Task<string> Program(Mutant mutant) => _programs[mutant.Name].Task;

    public async ValueTask DisposeAsync()
    {
        _ending = true;
        await _building;
        _tree.Dispose();
    }

    private async Task BuildAll()
    {
        foreach (var mutant in Mutants.All.TakeWhile(_ => !_ending))
        {
            try
            {
                _programs[mutant.Name].SetResult(await _tree.Build(mutant, whileIdle: true));
            }
            catch (Exception exception)
            {
                // Whoever waits for the program hears of it.
                _programs[mutant.Name].SetException(exception);
            }
        }
    }
}
