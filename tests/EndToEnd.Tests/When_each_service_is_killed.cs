using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>2,000 orders come in; in the middle of them each service is killed once, without warning, and started again.</summary>
public sealed class When_each_service_is_killed
{
    private const int Orders = 2000;

    [Fact]
    public async Task It_loses_no_accepted_order_and_tracks_none_twice()
    {
        await using var system = await InStoreSystem.Prepare(SystemSettings.ForTests);
        foreach (var service in system.All)
            service.Start();
        await Task.WhenAll(system.All.Select(service => service.WhenLive()));

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var accepted = new System.Collections.Concurrent.ConcurrentDictionary<Guid, bool>();
        // One after the other, each when a further sixth of the orders was accepted.
        var sixth = Orders / 6;
        var killings = Task.Run(async () =>
        {
            for (var i = 0; i < system.All.Count; i++)
            {
                await RealServers.Eventually.Holds(() => Task.FromResult(accepted.Count >= (i + 1) * sixth), TimeSpan.FromMinutes(2), "Accepted orders");
                await system.All[i].Kill();
                system.All[i].Start();
            }
        });
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Orders), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = patience.Token },
            async (number, token) => accepted[await system.Post($"{number}", token)] = true);
        await killings;

        Assert.Equal(Orders, accepted.Count);
        await TheLaw.Holds(system, [.. accepted.Keys], TimeSpan.FromMinutes(2));
    }
}
