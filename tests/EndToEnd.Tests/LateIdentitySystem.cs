using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>
/// One running system for all tests of customers who become known after their orders; each has cards and people of its own. Nobody is looked up again
/// by the clock within a test, and a miss is remembered for longer than it takes: what wakes an order is the notice alone.
/// </summary>
public sealed class LateIdentitySystem : IAsyncLifetime
{
    public InStoreSystem System { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        System = await InStoreSystem.Prepare(new()
        {
            Loyalty = new() { KnowEveryCard = false },
            Extra =
            [
                .. ApiKey.Settings,
                // As in production, whatever the test run says: what is used often is compiled once more, and a test waits until that is over before it measures.
                ("", "DOTNET_TC_CallCounting", "1"),
                ("CustomerResolution", "Loyalty__CacheMissFor", "01:00:00"), ("OrderJourney", "Journey__FirstRecheck", "01:00:00"),
                ("OrderJourney", "Journey__SweepEvery", "00:00:00.5"),
            ],
        });
        ApiKey.ShowBy(System);
        await System.Start();
    }

    public ValueTask DisposeAsync() => System.DisposeAsync();
}

/// <summary>Its tests, one after the other.</summary>
[CollectionDefinition(nameof(LateIdentity))]
public sealed class LateIdentity : ICollectionFixture<LateIdentitySystem>;
