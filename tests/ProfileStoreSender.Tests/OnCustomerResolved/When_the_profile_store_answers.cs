using Contracts.ProfileStoreSender;
using MessageExamples;
using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.Tests.OnCustomerResolved;

/// <summary>Per answer: which outcome, how many attempts at the destination, what the ledger says.</summary>
public sealed class When_the_profile_store_answers
{
    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task It_refuses_for_good_after_one_attempt_and_keeps_the_answer(int status)
    {
        await using var host = await SenderHost.Start();
        await host.Store.Misbehave(new() { Status = status, Text = "value is not to our liking, pat@shop.example" });
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));

        var outcome = Assert.Single(await host.Outcomes(order));
        Assert.Equal((OrderTrackingFailureReason.Refused, (int?)status), (outcome.Failed!.Reason, outcome.Failed.StatusCode));
        Assert.Equal(order, outcome.CorrelationId);
        Assert.Equal(1, (await host.Store.Summary()).Requests);
        var row = await host.Row(order);
        Assert.Equal((DeliveryState.Refused, 1, 0, status), (row.State, row.Attempts, row.Uncertain, row.StatusCode));
        Assert.Contains("not to our liking", row.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("pat@shop", row.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("liking", host.Logs.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(408, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    [InlineData(307, false)]
    [InlineData(404, false)]
    [InlineData(502, true)]
    [InlineData(504, true)]
    public async Task It_tries_again_and_then_reports_unavailable(int status, bool mayHaveArrived)
    {
        // Long enough for a second request of a process that sends its first.
        await using var host = await SenderHost.Start(settings: new() { ["ProfileStore:HoldFor"] = "00:00:03" });
        await host.Store.Misbehave(new() { Status = status });
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));

        var outcome = Assert.Single(await host.Outcomes(order));
        Assert.Equal((mayHaveArrived ? OrderTrackingFailureReason.ReplyLost : OrderTrackingFailureReason.Unavailable, (int?)status), (outcome.Failed!.Reason, outcome.Failed.StatusCode));
        var requests = (await host.Store.Summary()).Requests;
        Assert.InRange(requests, 2, 12);
        var row = await host.Row(order);
        Assert.Equal((mayHaveArrived ? DeliveryState.Unknown : DeliveryState.Unavailable, (int)requests, status, mayHaveArrived), (row.State, row.Attempts, row.StatusCode, row.MayHaveArrived));
        Assert.Equal(mayHaveArrived ? requests - 1 : 0, row.Uncertain);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task It_is_tracked_when_the_trouble_passes(int status)
    {
        await using var host = await SenderHost.Start(settings: new() { ["ProfileStore:HoldFor"] = "00:00:20" });
        await host.Store.Misbehave(new() { Status = status, Times = 2 });
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));

        Assert.NotNull(Assert.Single(await host.Outcomes(order)).Tracked);
        var row = await host.Row(order);
        Assert.Equal((DeliveryState.Accepted, 3, 0, 202), (row.State, row.Attempts, row.Uncertain, row.StatusCode));
        Assert.Null(row.Answer);
    }

    [Fact]
    public async Task It_waits_as_long_as_Retry_After_says()
    {
        await using var host = await SenderHost.Start(settings: new() { ["ProfileStore:HoldFor"] = "00:00:20" });
        await host.Store.Misbehave(new() { Status = 429, RetryAfter = 2, Times = 1 });
        var order = Guid.NewGuid();
        var begun = System.Diagnostics.Stopwatch.StartNew();

        await host.Publish(An.CustomerResolved(order));

        Assert.NotNull(Assert.Single(await host.Outcomes(order)).Tracked);
        Assert.True(begun.Elapsed > TimeSpan.FromSeconds(1.9), $"tried again after {begun.Elapsed}");
        Assert.Equal(2, (await host.Store.Summary()).Requests);
    }

    [Fact]
    public async Task It_does_not_let_Retry_After_hold_an_order_for_longer_than_allowed()
    {
        await using var host = await SenderHost.Start();
        await host.Store.Misbehave(new() { Status = 429, RetryAfter = 86_400 });
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());

        await host.Publish(An.CustomerResolved(first));
        Assert.Equal(OrderTrackingFailureReason.Unavailable, Assert.Single(await host.Outcomes(first)).Failed!.Reason);
        await host.Store.Behave();
        await host.Publish(An.CustomerResolved(second));

        Assert.Equal(OrderTrackingFailureReason.Unavailable, Assert.Single(await host.Outcomes(second)).Failed!.Reason);
        Assert.Equal(1, (await host.Store.Summary()).Requests);
        var row = await host.Row(first);
        Assert.Equal((DeliveryState.Unavailable, 1, 429), (row.State, row.Attempts, row.StatusCode));
        Assert.Equal((DeliveryState.Unavailable, 0), ((await host.Row(second)).State, (await host.Row(second)).Attempts));
    }

    [Fact]
    public async Task It_counts_as_uncertain_what_is_sent_again_after_a_time_out()
    {
        await using var host = await SenderHost.Start(settings: new() { ["ProfileStore:Timeout"] = "00:00:00.3", ["ProfileStore:HoldFor"] = "00:00:20" });
        await host.Store.Misbehave(new() { Delay = TimeSpan.FromSeconds(3), Times = 1 });
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));

        Assert.NotNull(Assert.Single(await host.Outcomes(order)).Tracked);
        var row = await host.Row(order);
        Assert.Equal((DeliveryState.Accepted, 2, 1), (row.State, row.Attempts, row.Uncertain));
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task It_counts_as_uncertain_what_is_sent_again_after_the_reply_was_lost(string database)
    {
        await using var host = await SenderHost.Start(database, settings: new() { ["ProfileStore:HoldFor"] = "00:00:20" });
        // A first order leaves a connection in the pool: the next one's is cut while it is used again, which no layer below may repeat in silence.
        var earlier = Guid.NewGuid();
        await host.Publish(An.CustomerResolved(earlier));
        await host.Outcomes(earlier);
        await host.Store.Misbehave(new() { DropAfterStoring = true, Times = 1 });
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));

        var outcome = Assert.Single(await host.Outcomes(order));
        Assert.NotNull(outcome.Tracked);
        var summary = await host.Store.Summary();
        Assert.Equal((3, 3, 2), (summary.Requests, summary.Stored, summary.Distinct));
        Assert.Equal(outcome.Tracked.TrackId, Assert.Single(summary.Doubled));
        var row = await host.Row(order);
        Assert.Equal((DeliveryState.Accepted, 2, 1, 202), (row.State, row.Attempts, row.Uncertain, row.StatusCode));
        Assert.Contains(host.Logs.Lines, line => line.Id.Id == 3021);
    }

    [Fact]
    public async Task It_is_not_uncertain_while_nobody_can_be_reached()
    {
        await using var host = await SenderHost.Start(settings: new() { ["ProfileStore:BaseAddress"] = $"http://127.0.0.1:{FreePort()}" });
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));

        var outcome = Assert.Single(await host.Outcomes(order));
        Assert.Equal((OrderTrackingFailureReason.Unavailable, (int?)null), (outcome.Failed!.Reason, outcome.Failed.StatusCode));
        var row = await host.Row(order);
        Assert.Equal((DeliveryState.Unavailable, 0, false), (row.State, row.Uncertain, row.MayHaveArrived));
        Assert.InRange(row.Attempts, 2, 12);
        Assert.Contains("\"status\":\"Degraded\"", await host.Http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
