using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using Contracts.ProfileStoreSender;
using MessageExamples;
using ProfileStoreSender.KeepingTheLedger;
using ProfileStoreSender.Tests.SendingToOdp;
using RealServers;

namespace ProfileStoreSender.Tests.OnCustomerResolutionFailed;

public sealed class When_nobody_is_known_by_the_card
{
    public static TheoryData<CustomerResolutionFailureReason> OtherReasons => [.. Enum.GetValues<CustomerResolutionFailureReason>().Where(reason => reason != CustomerResolutionFailureReason.NotFound)];

    [Theory]
    [InlineData(OrderKind.Sale, "purchase")]
    [InlineData(OrderKind.Return, "return")]
    public async Task Odp_gets_the_order_with_the_card_alone(OrderKind kind, string action)
    {
        await using var host = await OdpHost.Start();
        var order = Guid.NewGuid();

        await host.Sender.Publish(An.NobodyByCard(order, An.Order(card: "2900 0000 00017") with { Kind = kind }));

        Assert.Equal(("odp", "card:card-17"), ((await host.Outcome(order)).Tracked!.Destination, (await host.Outcome(order)).Tracked!.CustomerKey));
        var stored = Assert.Single(await host.Odp.Events()).Event;
        Assert.Equal(action, stored.GetProperty("action").GetString());
        var identifier = Assert.Single(stored.GetProperty("identifiers").EnumerateObject());
        Assert.Equal(("loyalty_card", OdpHost.Card), (identifier.Name, identifier.Value.GetString()));
        Assert.Equal((DeliveryState.Accepted, "card:card-17"), ((await host.Row(order)).State, (await host.Row(order)).CustomerKey));
    }

    [Fact]
    public async Task It_is_not_sent_again_once_the_customer_is_known_nor_when_nobody_is_found_again()
    {
        await using var host = await OdpHost.Start();
        var order = Guid.NewGuid();
        await host.Sender.Publish(An.NobodyByCard(order));
        await host.Outcome(order);

        await host.Sender.Publish(An.NobodyByCard(order));
        await host.Sender.Publish(An.CustomerResolved(order));

        var outcomes = await host.Sender.Outcomes(order, 3);
        Assert.All(outcomes, outcome => Assert.Equal("card:card-17", outcome.Tracked!.CustomerKey));
        Assert.Equal(1, (await host.Odp.Summary()).Requests);
    }

    [Theory]
    [MemberData(nameof(OtherReasons))]
    public async Task Nothing_is_sent_for_any_other_reason_though_a_card_were_brought(CustomerResolutionFailureReason reason)
    {
        await using var host = await OdpHost.Start();
        var (forbidden, after) = (Guid.NewGuid(), Guid.NewGuid());

        await host.Sender.Publish(An.NobodyByCard(forbidden) with { Reason = reason });
        await host.Sender.Publish(An.NobodyByCard(after));

        await host.Outcome(after);
        Assert.Empty(host.Sender.OutcomesSoFar(forbidden));
        Assert.Equal(1, (await host.Odp.Summary()).Requests);
    }

    [Fact]
    public async Task Nothing_is_sent_without_an_order_or_a_card()
    {
        await using var host = await OdpHost.Start();
        Guid[] without = [Guid.NewGuid(), Guid.NewGuid()];
        var after = Guid.NewGuid();

        await host.Sender.Publish(An.NobodyByCard(without[0]) with { Card = null });
        await host.Sender.Publish(An.NobodyByCard(without[1]) with { Order = null });
        await host.Sender.Publish(An.NobodyByCard(after));

        await host.Outcome(after);
        Assert.All(without, order => Assert.Empty(host.Sender.OutcomesSoFar(order)));
    }

    [Fact]
    public async Task Nobody_listens_where_cards_are_no_identifier()
    {
        await using var host = await OdpHost.Start(byCard: false);
        var (byCard, known) = (Guid.NewGuid(), Guid.NewGuid());

        await host.Sender.Publish(An.NobodyByCard(byCard));
        await host.Sender.Publish(An.CustomerResolved(known));

        await host.Outcome(known);
        Assert.Empty(host.Sender.OutcomesSoFar(byCard));
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task Nothing_is_sent_for_a_card_by_which_it_became_known_that_its_holder_must_not_be_tracked(string database)
    {
        await using var host = await OdpHost.Start(database);
        var (forbidden, another) = (Guid.NewGuid(), Guid.NewGuid());
        await Change(host, An.CustomerConsentChanged(SuppressionReason.Blocked) with { CardKey = "card-17" });

        await host.Sender.Publish(An.NobodyByCard(forbidden));
        await host.Sender.Publish(An.NobodyByCard(another, card: "2900000000018", cardKey: "card-18"));

        Assert.Equal((OrderTrackingFailureReason.Suppressed, (SuppressionReason?)SuppressionReason.Blocked), ((await host.Outcome(forbidden)).Failed!.Reason, (await host.Outcome(forbidden)).Failed!.SuppressedBecause));
        Assert.NotNull((await host.Outcome(another)).Tracked);
        Assert.Equal(1, (await host.Odp.Summary()).Requests);
    }

    [Fact]
    public async Task What_was_refused_is_sent_again_only_when_a_person_asks_and_the_answer_is_kept_without_the_card()
    {
        await using var host = await OdpHost.Start();
        var order = Guid.NewGuid();
        await host.Odp.Misbehave(new() { Status = 400, Text = $"no identifier loyalty_card = {OdpHost.Card}" });
        await host.Sender.Publish(An.NobodyByCard(order));
        Assert.Equal(OrderTrackingFailureReason.Refused, (await host.Outcome(order)).Failed?.Reason);
        await host.Odp.Behave();

        await host.Sender.Publish(An.NobodyByCard(order));
        Assert.Equal(OrderTrackingFailureReason.Refused, (await host.Sender.Outcomes(order, 2))[1].Failed?.Reason);
        var answer = (await host.Row(order)).Answer;
        Assert.Contains("loyalty_card", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(OdpHost.Card, answer, StringComparison.Ordinal);
        await host.Sender.Publish(An.NobodyByCard(order) with { TryRefusedAgain = true });

        Assert.NotNull((await host.Sender.Outcomes(order, 3))[2].Tracked);
        Assert.Equal(2, (await host.Odp.Summary()).Requests);
    }

    private static async Task Change(OdpHost host, CustomerConsentChanged change)
    {
        var before = host.Sender.ConsentChanges;
        await host.Sender.Publish(change);
        await Eventually.Holds(() => Task.FromResult(host.Sender.ConsentChanges > before));
    }
}
