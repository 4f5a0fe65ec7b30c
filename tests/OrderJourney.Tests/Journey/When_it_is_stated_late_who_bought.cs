using Contracts.CustomerResolution;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using OrderJourney.Journey;
using OrderJourney.SweepingDeadlines;
using OrderJourney.Tests.StoringJourneys;

namespace OrderJourney.Tests.Journey;

public sealed class When_it_is_stated_late_who_bought : IAsyncLifetime
{
    private static readonly DateTimeOffset Later = An.Noon.AddHours(1);
    private readonly Guid _id = Guid.NewGuid();
    private JourneyHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await JourneyHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static LoyaltyCardRegistered Notice(string? email = null, DateTimeOffset? at = null, string card = "card-1") => new() { CardKey = card, Email = email, RegisteredAt = at ?? Later };

    [Fact]
    public async Task It_is_looked_up_again_at_once_with_what_the_notice_says_and_others_are_not()
    {
        var other = Guid.NewGuid();
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(An.OrderReceived(other));
        await _host.Publish(JourneyEvents.Failed(_id, 1));
        await _host.Publish(JourneyEvents.Failed(other, 1, card: "card-2"));

        await _host.Publish(Notice("pat@shop.example"));

        var asked = Assert.Single(await _host.AskedFor(_id, 1));
        Assert.Equal(("pat@shop.example", null, CustomerOrigin.CardRegistration, Later), (asked.Hint?.Email, asked.Hint?.LoyaltyCard, asked.HintFrom, asked.NotBefore));
        Assert.Equivalent(An.Order(), asked.Order, strict: true);
        await RealServers.Eventually.Holds(async () => (await _host.Journey(_id)).CurrentState == JourneyState.Received);
        await _host.Publish(JourneyEvents.Resolved(_id, 3601, "pat@shop.example"));
        Assert.Equal(JourneyState.Resolved, (await _host.Journey(_id)).CurrentState);
        Assert.Empty(_host.AskedFor(other));
        Assert.Equal(JourneyState.AwaitingCustomer, (await _host.Journey(other)).CurrentState);
    }

    public static TheoryData<string, object[]> Untracked => new()
    {
        { JourneyState.Received, [] },
        { JourneyState.AwaitingCustomer, [JourneyEvents.Failed(default, 1, CustomerResolutionFailureReason.ProviderUnavailable)] },
        { JourneyState.Unidentified, [JourneyEvents.Failed(default, 1, CustomerResolutionFailureReason.Ambiguous)] },
        { JourneyState.Suppressed, [JourneyEvents.Failed(default, 1, CustomerResolutionFailureReason.ConsentWithdrawn)] },
        { JourneyState.Resolved, [JourneyEvents.Resolved(default, 1, "former@shop.example")] },
        { JourneyState.Suppressed, [JourneyEvents.Resolved(default, 1, "former@shop.example"), An.OrderTrackingFailed(default, Contracts.ProfileStoreSender.OrderTrackingFailureReason.Suppressed)] },
        { JourneyState.NeedsAttention, [JourneyEvents.Resolved(default, 1, "former@shop.example"), An.OrderTrackingFailed(default)] },
    };

    [Theory, MemberData(nameof(Untracked))]
    public async Task It_is_looked_up_again_from_every_state_that_is_not_tracked(string state, object[] before)
    {
        var journey = JourneyDatabase.NewJourney(_id);
        foreach (var message in before)
            JourneyEvents.Apply(journey, message);
        (journey.CurrentState, journey.CardKey) = (state, "card-1");
        Assert.Equal(state, JourneyRules.StateOf(journey, ["profile-store"]));
        await _host.Store.Save(journey, CancellationToken.None);

        await _host.Publish(Notice());

        Assert.Equal(Later, Assert.Single(await _host.AskedFor(_id, 1)).NotBefore);
        var woken = await RealServers.Eventually.Becomes(() => _host.Journey(_id), saga => saga.Statements is not null);
        Assert.Equal((JourneyState.Received, null, null), (woken.CurrentState, woken.KnownCustomer(), woken.KnownFailure()));
        Assert.Empty(woken.Destinations);
    }

    [Fact]
    public async Task It_goes_on_though_the_waiting_time_is_over()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(JourneyEvents.Failed(_id, 1));
        for (var day = 0; day < 31; day++)
            await _host.LetPass(TimeSpan.FromDays(1));
        Assert.Equal(JourneyState.Unidentified, (await _host.Journey(_id)).CurrentState);
        var before = _host.AskedFor(_id).Count;

        await _host.Publish(Notice(at: An.Noon.AddDays(32)));

        Assert.Equal(An.Noon.AddDays(32), (await _host.AskedFor(_id, before + 1))[^1].NotBefore);
        await RealServers.Eventually.Holds(async () => (await _host.Journey(_id)) is { CurrentState: JourneyState.Received, DeadlineOver: false, NextCheckAt: not null });
    }

    [Fact]
    public async Task It_is_asked_for_again_with_the_same_hint_when_nobody_answers_and_then_with_growing_pauses()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(JourneyEvents.Failed(_id, 1));
        await _host.Publish(Notice("pat@shop.example"));
        await _host.AskedFor(_id, 1);
        await RealServers.Eventually.Holds(async () => (await _host.Journey(_id)).CurrentState == JourneyState.Received);

        Assert.Equal(1, await _host.LetPass(TimeSpan.FromSeconds(31)));
        await _host.Publish(JourneyEvents.Failed(_id, 3700));
        Assert.Equal(JourneyState.AwaitingCustomer, (await _host.Journey(_id)).CurrentState);
        Assert.Equal(1, await _host.LetPass(TimeSpan.FromSeconds(61)));
        Assert.Equal(0, await _host.LetPass(TimeSpan.FromSeconds(61)));
        Assert.Equal(1, await _host.LetPass(TimeSpan.FromSeconds(60)));

        var asked = await _host.AskedFor(_id, 4);
        Assert.Equal(4, asked.Count);
        Assert.All(asked, command => Assert.Equal(("pat@shop.example", CustomerOrigin.CardRegistration, Later), (command.Hint?.Email, command.HintFrom, command.NotBefore)));
    }

    [Fact]
    public async Task It_is_not_asked_for_twice_when_the_notice_comes_again_or_an_older_one_does()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(JourneyEvents.Failed(_id, 1));
        await _host.Publish(Notice());
        await _host.AskedFor(_id, 1);
        await _host.Publish(Notice());
        await _host.Publish(Notice("older@shop.example", Later.AddMinutes(-1)));
        await RealServers.Eventually.Holds(() => Task.FromResult(_host.Harness.Consumed.Select<CustomerStated>().Count() == 3));
        Assert.Single(_host.AskedFor(_id));
        Assert.Null((await _host.Journey(_id)).Statements!.Of("card-1")!.Email);
    }

    [Fact]
    public async Task It_is_not_reminded_of_a_notice_older_than_any_order_waits()
    {
        await _host.Publish(Notice("pat@shop.example"));
        var sweeper = _host.Services.GetRequiredService<DeadlineSweeper>();
        _host.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await sweeper.ForgetOldNotices(CancellationToken.None));
        _host.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await sweeper.ForgetOldNotices(CancellationToken.None));
    }

    /// <summary>More orders of one card than are told at a time.</summary>
    [Fact]
    public async Task It_is_found_among_very_many_of_the_same_card()
    {
        var ids = Enumerable.Range(0, 1100).Select(_ => Guid.NewGuid()).ToHashSet();
        foreach (var batch in ids.Chunk(100))
            await Task.WhenAll(batch.Select(id =>
            {
                var journey = JourneyDatabase.NewJourney(id, state: JourneyState.AwaitingCustomer);
                journey.Learn(JourneyEvents.Failed(id, 1));
                return _host.Store.Save(journey, CancellationToken.None);
            }));
        await _host.Publish(Notice());
        await RealServers.Eventually.Holds(() => Task.FromResult(_host.Sent<ResolveCustomer>() >= ids.Count), TimeSpan.FromSeconds(60));
        Assert.Equal(ids, _host.Harness.Sent.Select<ResolveCustomer>().Select(sent => sent.Context.Message.OrderId).ToHashSet());
        Assert.Equal(ids.Count, _host.Sent<ResolveCustomer>());
    }
}
