using System.Text.Json;
using Contracts.ProfileStoreSender;
using MassTransit;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ProfileStoreSender.KeepingTheLedger;
using RealServers;

namespace ProfileStoreSender.Tests.SendingToWebhook;

/// <summary>The real service and a receiver over real HTTP; only the transport is exchanged.</summary>
public sealed class When_orders_go_to_a_webhook
{
    private static readonly string First = Secret(1), Second = Secret(2), Third = Secret(3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData("Sqlite"), InlineData("PostgreSql")]
    public async Task Each_arrives_once_with_a_signature_that_is_right_however_often_it_is_asked_for(string database)
    {
        await using var receiver = await WebhookReceiver.Start(First);
        await using var host = await Start(receiver, [First], database);
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));
        var outcome = Assert.Single(await host.Outcomes(order));
        await host.Publish(An.CustomerResolved(order));
        await host.Outcomes(order, 2);
        await Ask(host, order);
        await host.Outcomes(order, 3);

        var received = Assert.Single(receiver.Received);
        Assert.True(received.Genuine);
        Assert.Equal((outcome.Tracked!.TrackId, "webhook", "application/json; charset=utf-8"), (received.Id, outcome.Destination, received.ContentType));
        using var body = JsonDocument.Parse(received.Body);
        Assert.Equal(("order.purchased", order, "pat@shop.example", 38.16m), (
            body.RootElement.GetProperty("type").GetString(), body.RootElement.GetProperty("data").GetProperty("orderId").GetGuid(),
            body.RootElement.GetProperty("data").GetProperty("customer").GetProperty("email").GetString(),
            body.RootElement.GetProperty("data").GetProperty("order").GetProperty("totals").GetProperty("gross").GetDecimal()));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(429)]
    public async Task What_may_heal_is_tried_again_under_the_same_id(int status)
    {
        await using var receiver = await WebhookReceiver.Start(First);
        await using var host = await Start(receiver, [First]);
        receiver.AnswerNext(status, status);
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));

        Assert.NotNull(Assert.Single(await host.Outcomes(order)).Tracked);
        Assert.Equal([status, status, 204], receiver.Received.Select(one => one.Status));
        Assert.Single(receiver.Received.Select(one => one.Id).Distinct());
        Assert.Single(receiver.Received.Select(one => Convert.ToHexString(one.Body)).Distinct());
    }

    [Fact]
    public async Task What_the_receiver_cannot_take_is_refused_once_and_seen()
    {
        await using var receiver = await WebhookReceiver.Start(First);
        await using var host = await Start(receiver, [First]);
        receiver.AnswerNext(422);
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));

        var outcome = Assert.Single(await host.Outcomes(order));
        Assert.Equal((OrderTrackingFailureReason.Refused, (int?)422), (outcome.Failed!.Reason, outcome.Failed.StatusCode));
        Assert.Single(receiver.Received);
        await Ask(host, order);
        Assert.NotNull((await host.Outcomes(order, 2))[1].Tracked);
    }

    [Theory]
    [InlineData(410)]
    [InlineData(401)]
    public async Task Sending_stops_for_a_receiver_that_is_gone_or_knows_none_of_the_secrets_and_no_order_is_refused_for_it(int status)
    {
        await using var receiver = await WebhookReceiver.Start(First);
        await using var host = await Start(receiver, [First], probeEvery: "00:10:00", holdFor: "00:00:04");
        receiver.AnswerNext(status);
        var orders = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToList();
        await host.Publish(An.CustomerResolved(orders[0]));
        await Eventually.Holds(() => Task.FromResult(host.Logs.Lines.Any(line => line.Id.Id == 3010)));

        foreach (var order in orders.Skip(1))
            await host.Publish(An.CustomerResolved(order));

        foreach (var order in orders)
            Assert.Equal(OrderTrackingFailureReason.Unavailable, Assert.Single(await host.Outcomes(order)).Failed!.Reason);
        Assert.Single(receiver.Received);
        var health = await (await host.Http.GetAsync("/health/ready", Stop)).Content.ReadAsStringAsync(Stop);
        Assert.Contains("Webhook:Secrets", health, StringComparison.Ordinal);
        Assert.Contains($"{status}", health, StringComparison.Ordinal);
        Assert.DoesNotContain(First, $"{health}{host.Logs.All}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_is_away_delays_nobody_else()
    {
        await using var receiver = await WebhookReceiver.Start(First);
        receiver.AnswerNext([.. Enumerable.Repeat(503, 1_000)]);
        await using var host = await Start(receiver, [First], also: "profile-store", holdFor: "00:00:03");
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));

        var outcomes = await host.Outcomes(order, 2);
        Assert.Equal(["profile-store", "webhook"], outcomes.Select(outcome => outcome.Destination));
        Assert.Equal((true, OrderTrackingFailureReason.Unavailable), (outcomes[0].Tracked is not null, outcomes[1].Failed!.Reason));
        Assert.NotEqual(outcomes[0].Tracked!.TrackId, receiver.Received[0].Id);
        Assert.Equal(1, (await host.Store.Summary()).Stored);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await WebhookReceiver.Start(First);
        await using var receiver = await WebhookReceiver.Start(First);
        receiver.RedirectTo = elsewhere.Address;
        await using var host = await Start(receiver, [First]);
        receiver.AnswerNext(307);
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));

        Assert.NotNull(Assert.Single(await host.Outcomes(order)).Tracked);
        Assert.Empty(elsewhere.Received);
        Assert.Equal([307, 204], receiver.Received.Select(one => one.Status));
    }

    /// <summary>As docs/webhook.md says: the sender gets the new secret beside the old one, the receiver changes over when it likes, the sender drops the old one.</summary>
    [Fact]
    public async Task Secrets_are_changed_without_an_order_that_is_lost_or_refused()
    {
        await using var database = await LedgerDatabase.Create("Sqlite");
        await using var receiver = await WebhookReceiver.Start(First);
        async Task Sent(params string[] secrets)
        {
            await using var host = await Start(receiver, secrets, own: database);
            var order = Guid.NewGuid();
            await host.Publish(An.CustomerResolved(order));
            Assert.NotNull(Assert.Single(await host.Outcomes(order)).Tracked);
            Assert.Equal(secrets.Length, receiver.Received[^1].Signatures.Split(' ').Length);
        }

        await Sent(First);
        await Sent(Second, First);
        receiver.Secret = Second;
        await Sent(Second, First);
        await Sent(Second);

        Assert.Equal(4, receiver.Received.Count);
        Assert.All(receiver.Received, one => Assert.True(one.Genuine));
    }

    [Fact]
    public async Task A_receiver_with_another_secret_takes_nothing()
    {
        await using var receiver = await WebhookReceiver.Start(Third);
        await using var host = await Start(receiver, [First, Second], holdFor: "00:00:03");
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));

        Assert.Equal(401, Assert.Single(await host.Outcomes(order)).Failed!.StatusCode);
        Assert.All(receiver.Received, one => Assert.False(one.Genuine));
        Assert.Equal(DeliveryState.Unavailable, (await host.Ledger.Find(order, Destinations.Webhook, Stop))!.State);
    }

    private static Task<SenderHost> Start(WebhookReceiver receiver, string[] secrets, string database = "Sqlite", LedgerDatabase? own = null, string probeEvery = "00:00:00.3", string? also = null, string holdFor = "00:00:20")
    {
        var settings = new Dictionary<string, string?>
        {
            ["ProfileStoreSender:Destinations:0"] = "webhook",
            ["Webhook:Enabled"] = "true",
            ["Webhook:BaseAddress"] = receiver.Address.ToString(),
            ["Webhook:HoldFor"] = holdFor,
            ["Webhook:ProbeEvery"] = probeEvery,
        };
        if (also is not null)
            settings["ProfileStoreSender:Destinations:1"] = also;
        for (var i = 0; i < secrets.Length; i++)
            settings[$"Webhook:Secrets:{i}"] = secrets[i];
        return SenderHost.Start(database, own, settings: settings);
    }

    private static async Task Ask(SenderHost host, Guid order) =>
        await (await host.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri($"queue:{Destinations.QueueOf(Destinations.Webhook)}")))
            .Send(An.TrackOrder(order) with { Destination = Destinations.Webhook }, Stop);

    private static string Secret(byte seed) => $"whsec_{Convert.ToBase64String([.. Enumerable.Repeat(seed, 32)])}";
}
