using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>
/// An empty broker, empty databases, orders coming in from the first moment, and the services started one by one. What a service finds when it starts is which of the others are there:
/// each starts beside every set of the others, and any three start in each of their orders. Twelve of the 24 orders do that, those with an even number of exchanged pairs.
/// </summary>
public sealed class When_services_start_in_any_order
{
    private const int Orders = 20;

    // Two systems at a time: each has a broker's virtual host and a database of its own, and most of the time goes to starting processes.
    private const int AtATime = 2;

    private static readonly string[] Services = ["OrderIngest", "CustomerResolution", "ProfileStoreSender", "OrderJourney"];

    private static IReadOnlyList<string[]> Tried { get; } = [.. Permute(Services).Where(order => Exchanged(order) % 2 == 0)];

    [Fact]
    public Task It_tracks_every_accepted_order_once() => Parallel.ForEachAsync(
        Tried,
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

    [Fact]
    public void Each_starts_beside_every_set_of_the_others_and_any_three_in_every_order()
    {
        static IEnumerable<string> Beside(string[] order) => order.Select((service, index) => $"{service} beside {string.Join(", ", order[..index].Order(StringComparer.Ordinal))}");
        static IEnumerable<string> Threes(string[] order) => Services.Select(left => string.Join(", ", order.Where(service => service != left)));

        // A service may be first, last, or in between beside any one or any two of three others.
        Assert.Equal(4 * 8, Tried.SelectMany(Beside).Distinct().Count());
        Assert.Equal(4 * 6, Tried.SelectMany(Threes).Distinct().Count());
    }

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

    private static int Exchanged(string[] order) => order.Select((service, index) => order[(index + 1)..].Count(later => Array.IndexOf(Services, later) < Array.IndexOf(Services, service))).Sum();
}
