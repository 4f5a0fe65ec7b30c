using FaultLab.BuildingMutants;
using FaultLab.Tests;

[assembly: AssemblyFixture(typeof(BuiltMutants))]

namespace FaultLab.Tests;

/// <summary>
/// All mutants, built one after the other with the time that nobody else wants, from when the first test asks for it: the storm, which is timed, leaves half of two processors.
/// </summary>
public sealed class BuiltMutants : IAsyncDisposable
{
    private readonly Dictionary<string, TaskCompletionSource<string>> _programs = Mutants.All.ToDictionary(mutant => mutant.Name, _ => new TaskCompletionSource<string>());
    private readonly Lazy<Task<PatchedTree>> _building;
    private volatile bool _ending;

    public BuiltMutants() => _building = new(() => Task.Run(BuildAll));

    /// <summary>Begins to build, where nobody has before.</summary>
    public void Begin() => _ = _building.Value;

    /// <summary>The assembly of a mutant's service, once it is built.</summary>
    internal Task<string> Program(Mutant mutant, CancellationToken cancellationToken)
    {
        Begin();
        return _programs[mutant.Name].Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _ending = true;
        if (_building.IsValueCreated)
            (await _building.Value).Dispose();
    }

    private async Task<PatchedTree> BuildAll()
    {
        var tree = new PatchedTree(PatchedTree.Checkout);
        foreach (var mutant in Mutants.All.TakeWhile(_ => !_ending))
        {
            try
            {
                _programs[mutant.Name].SetResult(await tree.Build(mutant, whileIdle: true));
            }
            catch (Exception exception)
            {
                // Whoever waits for the program hears of it.
                _programs[mutant.Name].SetException(exception);
            }
        }
        return tree;
    }
}
