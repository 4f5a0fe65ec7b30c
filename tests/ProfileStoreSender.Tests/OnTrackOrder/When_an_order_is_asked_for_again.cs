using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts.CustomerResolution;
using Contracts.ProfileStoreSender;
using MessageExamples;
using ProfileStoreSender.KeepingTheLedger;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.Tests.OnTrackOrder;

public sealed class When_an_order_is_asked_for_again
{
    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task It_sends_once_and_answers_each_message(string database)
    {
        await using var host = await SenderHost.Start(database);
        await host.Store.Misbehave(new() { Delay = TimeSpan.FromMilliseconds(100) });
        var order = Guid.NewGuid();

        await Task.WhenAll(
            host.Publish(An.CustomerResolved(order)), host.Publish(An.CustomerResolved(order)), host.Command(An.TrackOrder(order)), host.Publish(An.CustomerResolved(order)));

        var outcomes = await host.Outcomes(order, 4);
        Assert.Equal(4, outcomes.Count(outcome => outcome.Tracked is not null));
        Assert.Single(outcomes.Select(outcome => (outcome.Tracked!.TrackId, outcome.Tracked.TrackedAt)).Distinct());
        Assert.Equal((1, 1), ((await host.Store.Summary()).Requests, (await host.Store.Summary()).Stored));
        var row = await host.Row(order);
        Assert.Equal((DeliveryState.Accepted, 1, 0), (row.State, row.Attempts, row.Uncertain));
    }

    [Fact]
    public async Task It_is_sent_by_a_command_after_a_refusal_but_not_by_a_second_copy_of_the_event()
    {
        await using var host = await SenderHost.Start();
        await host.Store.Misbehave(new() { Status = 400 });
        var order = Guid.NewGuid();
        await host.Publish(An.CustomerResolved(order));
        var first = Assert.Single(await host.Outcomes(order));
        await host.Store.Behave();

        await host.Publish(An.CustomerResolved(order));
        var second = (await host.Outcomes(order, 2))[1];
        Assert.Equal(first.Failed, second.Failed);
        Assert.Equal(1, (await host.Store.Summary()).Requests);

        await host.Command(An.TrackOrder(order));
        Assert.NotNull((await host.Outcomes(order, 3))[2].Tracked);
        Assert.Equal((DeliveryState.Accepted, 2), ((await host.Row(order)).State, (await host.Row(order)).Attempts));
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task It_is_sent_for_another_customer_after_a_refusal_and_says_whose_it_is_from_then_on(string database)
    {
        await using var host = await SenderHost.Start(database);
        await host.Store.Misbehave(new() { Status = 400 });
        var order = Guid.NewGuid();
        await host.Publish(An.CustomerResolved(order));
        Assert.NotNull(Assert.Single(await host.Outcomes(order)).Failed);
        await host.Store.Behave();

        await host.Publish(An.CustomerResolved(order, customer: An.Customer("sam@shop.example")));
        var tracked = (await host.Outcomes(order, 2))[1].Tracked!;
        await host.Command(An.TrackOrder(order));
        var repeated = (await host.Outcomes(order, 3))[2].Tracked!;

        Assert.Equal(CustomerKey.Of("sam@shop.example"), tracked.CustomerKey);
        Assert.Equal(tracked, repeated);
        Assert.Equal(1, (await host.Store.Summary()).Stored);
    }

    [Fact]
    public async Task It_takes_over_what_a_dead_process_left_and_counts_it()
    {
        await using var database = await LedgerDatabase.Create("PostgreSql");
        await using var host = await SenderHost.Start(database: database, settings: new() { ["ProfileStore:Timeout"] = "00:00:05" });
        var order = Guid.NewGuid();
        await Leave(host, order, leaseIsOver: true);

        await host.Command(An.TrackOrder(order));

        Assert.NotNull(Assert.Single(await host.Outcomes(order)).Tracked);
        var row = await host.Row(order);
        Assert.Equal((DeliveryState.Accepted, 2, 1), (row.State, row.Attempts, row.Uncertain));
        using var summary = JsonDocument.Parse(await host.Http.GetStringAsync("/deliveries/summary", TestContext.Current.CancellationToken));
        Assert.Equal(1, summary.RootElement.GetProperty("uncertain").GetInt64());
        Assert.Equal(1, summary.RootElement.GetProperty("destinations").GetProperty("profile-store").GetProperty("accepted").GetInt64());
    }

    [Fact]
    public async Task It_leaves_alone_what_a_living_process_is_sending_and_asks_to_be_asked_later()
    {
        await using var host = await SenderHost.Start();
        var order = Guid.NewGuid();
        await Leave(host, order, leaseIsOver: false);

        await host.Command(An.TrackOrder(order));

        await RealServers.Eventually.Holds(() => Task.FromResult(host.Logs.All.Contains(nameof(ClaimedElsewhereException), StringComparison.Ordinal)));
        Assert.Equal(0, (await host.Store.Summary()).Requests);
        Assert.Equal((DeliveryState.Sending, 1), ((await host.Row(order)).State, (await host.Row(order)).Attempts));
    }

    [Fact]
    public async Task It_refuses_a_destination_that_nobody_serves()
    {
        await using var host = await SenderHost.Start();
        var order = Guid.NewGuid();

        await host.Command(An.TrackOrder(order) with { Destination = "elsewhere" });

        var outcome = Assert.Single(await host.Outcomes(order));
        Assert.Equal(("elsewhere", OrderTrackingFailureReason.Refused), (outcome.Destination, outcome.Failed!.Reason));
        Assert.Equal(0, (await host.Store.Summary()).Requests);
    }

    [Fact]
    public async Task It_suppresses_everything_while_switched_off_and_needs_no_address()
    {
        await using var database = await LedgerDatabase.Create("Sqlite");
        var order = Guid.NewGuid();
        // Both hosts live to the end: MassTransit remembers the first one's loggers for all that follows in this test.
        await using var off = await SenderHost.Start(database: database, settings: new()
        {
            ["ProfileStore:Enabled"] = "false",
            ["ProfileStore:BaseAddress"] = null,
            ["ProfileStore:SubscriptionKey"] = null,
        });
        await off.Publish(An.CustomerResolved(order));
        var failed = Assert.Single(await off.Outcomes(order)).Failed!;
        Assert.Equal((OrderTrackingFailureReason.Suppressed, SuppressionReason.SwitchedOff), (failed.Reason, failed.SuppressedBecause));
        Assert.Equal((DeliveryState.Suppressed, 0), ((await off.Row(order)).State, (await off.Row(order)).Attempts));
        Assert.Equal(HttpStatusCode.OK, (await off.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(0, (await off.Store.Summary()).Requests);
        await using var on = await SenderHost.Start(database: database);

        await on.Command(An.TrackOrder(order));

        Assert.NotNull(Assert.Single(await on.Outcomes(order)).Tracked);
        Assert.Equal((DeliveryState.Accepted, 1, 0), ((await on.Row(order)).State, (await on.Row(order)).Attempts, (await on.Row(order)).Uncertain));
        Assert.Null((await on.Row(order)).SuppressedBecause);
    }

    [Fact]
    public async Task It_can_be_looked_up_by_an_operator_with_a_key()
    {
        await using var host = await SenderHost.Start(settings: new()
        {
            ["Access:AllowAnonymous"] = "false",
            ["Access:ApiKeyHashes:0"] = ServiceDefaults.GuardingAccess.ApiKeys.Hash("operator"),
        });
        var order = Guid.NewGuid();
        await host.Publish(An.CustomerResolved(order));
        await host.Outcomes(order);

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Http.GetAsync($"/deliveries/{order}", TestContext.Current.CancellationToken)).StatusCode);
        host.Http.DefaultRequestHeaders.Add("X-Api-Key", "operator");
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync($"/deliveries/{Guid.NewGuid()}", TestContext.Current.CancellationToken)).StatusCode);
        var delivery = (await host.Http.GetFromJsonAsync<JsonElement>($"/deliveries/{order}", TestContext.Current.CancellationToken)).GetProperty("deliveries")[0];
        Assert.Equal(("accepted", 1, 202), (delivery.GetProperty("state").GetString(), delivery.GetProperty("attempts").GetInt32(), delivery.GetProperty("statusCode").GetInt32()));
    }

    /// <summary>What another process leaves in the ledger between its claim and its outcome.</summary>
    private static async Task Leave(SenderHost host, Guid order, bool leaseIsOver)
    {
        var store = (ILedgerStore)host.Services.GetService(typeof(ILedgerStore))!;
        var now = TimeProvider.System.GetUtcNow();
        var begun = leaseIsOver ? now - TimeSpan.FromMinutes(1) : now;
        var claims = await store.Claim(new([new(order, Destinations.ProfileStore, "t", false, "customer")], Guid.NewGuid(), begun, begun + TimeSpan.FromSeconds(30)), TestContext.Current.CancellationToken);
        Assert.True(Assert.Single(claims).Taken);
    }
}
