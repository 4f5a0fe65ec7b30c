using System.Net;
using Contracts.ProfileStoreSender;
using MessageExamples;
using ProfileStoreSender.KeepingTheLedger;
using RealServers;

namespace ProfileStoreSender.Tests.OnCustomerResolved;

public sealed class When_the_profile_store_refuses_the_key
{
    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task It_refuses_no_order_sends_nothing_else_and_goes_on_when_the_key_is_accepted(int status)
    {
        await using var host = await SenderHost.Start(settings: new() { ["ProfileStore:HoldFor"] = "00:05:00", ["ProfileStore:ProbeEvery"] = "00:00:01" });
        await host.Store.Misbehave(new() { Status = status });
        var first = Guid.NewGuid();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await host.Publish(An.CustomerResolved(first));
        // The answer counts, not the request: what is published before the gate is closed may go through it.
        await Eventually.Holds(() => Task.FromResult(host.Logs.Lines.Any(line => line.Id.Id == 3010)));
        var orders = Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()).ToList();
        await Task.WhenAll(orders.Select(order => host.Publish(An.CustomerResolved(order))));

        // Two more probes have been made: one a second at most, and nothing else was sent.
        await Eventually.Holds(async () => (await host.Store.Summary()).Requests >= 3);
        Assert.InRange((await host.Store.Summary()).Requests, 3, 2 + (long)watch.Elapsed.TotalSeconds);
        var health = await host.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var words = await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("ProfileStore:SubscriptionKey", words, StringComparison.Ordinal);
        Assert.Contains($"{status}", words, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-tracking-key", words, StringComparison.Ordinal);
        await host.Store.Behave();

        foreach (var order in orders.Append(first))
            Assert.NotNull(Assert.Single(await host.Outcomes(order)).Tracked);
        Assert.Equal((201, 201), ((await host.Store.Summary()).Stored, (await host.Store.Summary()).Distinct));
        Assert.Equal(0, (await host.Row(first)).Uncertain);
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Single(host.Logs.Lines, line => line.Id.Id == 3010);
        Assert.DoesNotContain("secret-tracking-key", host.Logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_reports_unavailable_what_has_been_held_for_too_long_and_still_answers_what_is_settled()
    {
        await using var host = await SenderHost.Start(settings: new() { ["ProfileStore:ProbeEvery"] = "00:05:00" });
        var (accepted, held, neverTried) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await host.Publish(An.CustomerResolved(accepted));
        await host.Outcomes(accepted);
        await host.Store.Misbehave(new() { Status = 401 });

        await host.Publish(An.CustomerResolved(held));
        var outcome = Assert.Single(await host.Outcomes(held));
        await host.Publish(An.CustomerResolved(neverTried));
        await host.Publish(An.CustomerResolved(accepted));

        Assert.Equal((OrderTrackingFailureReason.Unavailable, (int?)401), (outcome.Failed!.Reason, outcome.Failed.StatusCode));
        Assert.Equal(2, (await host.Outcomes(accepted, 2)).Count(again => again.Tracked is not null));
        Assert.Equal((OrderTrackingFailureReason.Unavailable, (int?)401), (Assert.Single(await host.Outcomes(neverTried)).Failed!.Reason, outcome.Failed.StatusCode));
        Assert.Equal(2, (await host.Store.Summary()).Requests);
        var row = await host.Row(neverTried);
        Assert.Equal((DeliveryState.Unavailable, 0, false), (row.State, row.Attempts, row.MayHaveArrived));
        Assert.Contains("401", row.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_lets_go_of_held_orders_when_the_process_stops_and_says_nothing_of_them()
    {
        await using var host = await SenderHost.Start(settings: new() { ["ProfileStore:HoldFor"] = "00:15:00", ["ProfileStore:ProbeEvery"] = "00:05:00" });
        await host.Store.Misbehave(new() { Status = 401 });
        var order = Guid.NewGuid();
        await host.Publish(An.CustomerResolved(order));
        await Eventually.Holds(async () => await host.Ledger.Find(order, "profile-store", TestContext.Current.CancellationToken) is { State: DeliveryState.Unavailable });

        await host.Stop().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Empty(host.OutcomesSoFar(order));
        Assert.Equal((DeliveryState.Unavailable, 1, false), ((await host.Row(order)).State, (await host.Row(order)).Attempts, (await host.Row(order)).MayHaveArrived));
    }
}
