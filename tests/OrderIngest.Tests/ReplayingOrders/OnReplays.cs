using MessageExamples;

namespace OrderIngest.Tests.ReplayingOrders;

/// <summary>One instance on one database, a clock that stands still, a broker that does as it is told.</summary>
public abstract class OnReplays : OnEitherDatabase
{
    private protected ManualTime Time { get; } = new();

    private protected ScriptedBroker Broker { get; private set; } = null!;

    private protected ReplayingInstance Instance { get; private set; } = null!;

    protected override async Task Begin()
    {
        Broker = new(Time);
        Instance = await ReplayingInstance.Start(Database, Time, Broker);
    }

    protected override async Task End() => await Instance.DisposeAsync();
}
