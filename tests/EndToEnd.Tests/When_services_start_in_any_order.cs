using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>An empty broker, empty databases, orders coming in from the first moment, and the services started one by one in every order.</summary>
public sealed class When_services_start_in_any_order
{
    private const int Orders = 20;

    // Two systems at a time: each has a broker's virtual host and a database of its own, and most of the time goes to starting processes.
    private const int AtATime = 2;

    private static readonly string[] Services = ["OrderIngest", "CustomerResolution", "ProfileStoreSender", "OrderJourney"];

    public static TheoryData<string> First => [.. Services];

    [Theory]
    [MemberData(nameof(First))]
    public Task It_tracks_every_accepted_order_once(string first) => Parallel.ForEachAsync(
        Permute(Services).Where(order => order[0] == first),
        new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = TestContext.Current.CancellationToken },
        async (order, stop) =>
        {
            try
            {
                await Start(order, stop);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"started as {string.Join(", ", order)}: {exception.Message}", exception);
            }
        });

    private static async Task Start(string[] order, CancellationToken stop)
    {
        await using var system = await InStoreSystem.Prepare(SystemSettings.ForTests);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        // Posted by an ERP that does not care whether anybody is there yet.
        var posts = Task.WhenAll(Enumerable.Range(1, Orders).Select(number => system.Post($"{number}", patience.Token)));
        foreach (var name in order)
        {
            var service = system.All.Single(s => s.Name == name);
            service.Start();
            // Not all at once: the next one starts when this one is up, and may do what it can alone.
            await service.WhenLive();
        }
        await TheLaw.Holds(system, await posts, TimeSpan.FromMinutes(1));
    }

    private static IEnumerable<string[]> Permute(string[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(item => Permute([.. items.Where(other => other != item)]).Select(rest => (string[])[item, .. rest]));
}
