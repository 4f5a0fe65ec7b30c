using MessageExamples;
using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.Tests.OnCustomerResolved;

public sealed class When_the_profile_store_accepts
{
    [Theory]
    [InlineData("Sqlite", null)]
    [InlineData("PostgreSql", null)]
    [InlineData("Sqlite", 200)]
    public async Task It_says_so_once_and_the_ledger_knows(string database, int? status)
    {
        await using var host = await SenderHost.Start(database);
        if (status is not null)
            await host.Store.Misbehave(new() { Status = status });
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));

        var outcome = Assert.Single(await host.Outcomes(order));
        Assert.NotNull(outcome.Tracked);
        Assert.Equal(order, outcome.CorrelationId);
        Assert.Equal("profile-store", outcome.Destination);
        var stored = Assert.Single(await host.Store.Events());
        Assert.Equal(stored.TrackId, outcome.Tracked.TrackId);
        Assert.Equal("S012", stored.Event.GetProperty("payload").GetProperty("store").GetProperty("storeId").GetString());
        var row = await host.Row(order);
        Assert.Equal((DeliveryState.Accepted, 1, 0, status ?? 202), (row.State, row.Attempts, row.Uncertain, row.StatusCode));
        Assert.Null(row.ClaimedBy);
        Assert.Equal(row.UpdatedAt, outcome.Tracked.TrackedAt);
        // As others compute it: SHA-256 of pat@shop.example.
        Assert.Equal("a6fcc0fee60024897e55549c7ea7bc413bfce1468a45b71970f972882f9697fa", outcome.Tracked.CustomerKey);
    }

    [Theory]
    [InlineData("epi-single")]
    [InlineData("Ocp-Apim-Subscription-Key")]
    public async Task It_has_sent_the_key_in_the_configured_header(string scheme)
    {
        await using var host = await SenderHost.Start(store: new() { Key = "secret-tracking-key" }, settings: new() { ["ProfileStore:AuthenticationScheme"] = scheme });
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));

        Assert.NotNull(Assert.Single(await host.Outcomes(order)).Tracked);
        Assert.Equal(1, (await host.Store.Summary()).Stored);
    }
}
