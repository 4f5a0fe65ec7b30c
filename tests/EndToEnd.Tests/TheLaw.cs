using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

internal static class TheLaw
{
    /// <summary>
    /// Every accepted order was tracked, and the profile store holds it once; twice only where the ledger says that a reply was lost. Nothing lies in an
    /// error queue.
    /// </summary>
    public static async Task Holds(InStoreSystem system, IReadOnlyCollection<Guid> accepted, TimeSpan within)
    {
        // The last one killed may not be back yet, and the last one started may not have made its tables.
        await Task.WhenAll(system.All.Where(service => service.IsRunning).Select(service => service.WhenReady()));
        await Eventually.Becomes(async () => (await Law.Check(system, accepted)).Tracked, tracked => tracked >= accepted.Count, within, $"Tracked journeys of {accepted.Count} accepted orders");

        var law = await Law.Check(system, accepted);
        Assert.Equal((accepted.Count, accepted.Count), (law.Accepted, law.Tracked));
        Assert.Empty(law.Lost);
        Assert.Empty(law.Doubled);
        Assert.DoesNotContain(await system.Broker.Queues(), queue => queue.Key.EndsWith("_error", StringComparison.Ordinal) && queue.Value.Messages > 0);
    }
}
