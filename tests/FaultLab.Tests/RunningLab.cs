using FaultLab.BuildingMutants;
using FaultLab.PlayingActs;
using FaultLab.StartingServers;

namespace FaultLab.Tests;

/// <summary>The lab's servers and the copy of the sources, once for all mutants.</summary>
public sealed class RunningLab : IAsyncLifetime
{
    private LabServers _servers = null!;

    internal PatchedTree Tree { get; } = new(PatchedTree.Checkout);

    internal ActPlayer Player { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _servers = await LabServers.Start();
        Player = new(_servers, keepLogs: null);
    }

    public async ValueTask DisposeAsync()
    {
        Tree.Dispose();
        await _servers.DisposeAsync();
    }
}
