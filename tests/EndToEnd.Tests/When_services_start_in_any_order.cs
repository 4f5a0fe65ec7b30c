using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>An empty broker, empty databases, orders coming in from the first moment, and the services started one by one in every order.</summary>
public sealed class When_services_start_in_any_order
{
    private const int Orders = 20;

    public static TheoryData<string> Permutations =>
        [.. Permute(["OrderIngest", "CustomerResolution", "ProfileStoreSender", "OrderJourney"]).Select(order => string.Join(", ", order))];

    [Theory]
    [MemberData(nameof(Permutations))]
    public async Task It_tracks_every_accepted_order_once(string order)
    {
        await using var system = await InStoreSystem.Prepare(SystemSettings.ForTests);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        // Posted by an ERP that does not care whether anybody is there yet.
        var posts = Task.WhenAll(Enumerable.Range(1, Orders).Select(number => system.Post($"{number}", patience.Token)));
        foreach (var name in order.Split(", "))
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
