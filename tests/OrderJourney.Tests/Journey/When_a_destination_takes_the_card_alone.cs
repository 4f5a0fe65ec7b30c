using Contracts.CustomerResolution;
using Contracts.ProfileStoreSender;
using MessageExamples;
using OrderJourney.Journey;

namespace OrderJourney.Tests.Journey;

public sealed class When_a_destination_takes_the_card_alone : IAsyncLifetime
{
    private readonly Guid _id = Guid.NewGuid();
    private JourneyHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await JourneyHost.Start(("Journey:Destinations:0", "profile-store"), ("Journey:Destinations:1", "odp"));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_customer_is_waited_for_and_the_other_destination_gets_the_order_later()
    {
        await Wait();
        Assert.Equal(JourneyState.AwaitingCustomer, (await _host.Journey(_id)).CurrentState);

        Assert.Equal(1, await _host.LetPass(TimeSpan.FromMinutes(2)));
        await _host.AskedFor(_id, 1);
        await _host.Publish(JourneyEvents.Resolved(_id, 130, "holder@shop.example"));
        await _host.LetPass(TimeSpan.FromMinutes(4));

        // What has the order is not asked again.
        Assert.Equal("profile-store", Assert.Single(_host.Harness.Sent.Select<TrackOrder>()).Context.Message.Destination);
        await _host.Publish(JourneyEvents.Tracked(_id, "holder@shop.example"));
        var tracked = await _host.Journey(_id);
        Assert.Equal((JourneyState.Tracked, null), (tracked.CurrentState, tracked.CardMovedAt));
    }

    [Fact]
    public async Task A_notice_about_the_card_wakes_it_at_once()
    {
        await Wait();

        await _host.Publish(An.LoyaltyCardRegistered("card-1", "holder@shop.example"));

        var asked = Assert.Single(await _host.AskedFor(_id, 1));
        Assert.Equal(("holder@shop.example", CustomerOrigin.CardRegistration, null), (asked.Hint?.Email, asked.HintFrom, asked.TryRefusedAgain));
    }

    [Fact]
    public async Task It_ends_unidentified_and_that_destination_does_not_reopen_it()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(JourneyEvents.Failed(_id, 1));
        for (var day = 0; day < 31; day++)
            await _host.LetPass(TimeSpan.FromDays(1));
        Assert.Equal(JourneyState.Unidentified, (await _host.Journey(_id)).CurrentState);

        await _host.Publish(JourneyEvents.TrackedByCard(_id));

        var journey = await _host.Journey(_id);
        Assert.Equal((JourneyState.Unidentified, null, DestinationAnswer.Tracked), (journey.CurrentState, journey.NextCheckAt, journey.Destinations["odp"]));
        await _host.Publish(JourneyEvents.Resolved(_id, 1000, "holder@shop.example"));
        Assert.Equal(JourneyState.Resolved, (await _host.Journey(_id)).CurrentState);
    }

    [Fact]
    public async Task A_person_who_asks_again_has_sent_again_what_was_refused()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(JourneyEvents.Failed(_id, 1));
        await _host.Publish(An.OrderTrackingFailed(_id, OrderTrackingFailureReason.Refused, "odp"));
        Assert.Equal(JourneyState.AwaitingCustomer, (await _host.Journey(_id)).CurrentState);

        using (var http = _host.Http)
            (await http.PostAsync(new Uri($"/journeys/{_id}/retry", UriKind.Relative), null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        Assert.True(Assert.Single(await _host.AskedFor(_id, 1)).TryRefusedAgain);
        Assert.Empty((await _host.Journey(_id)).Destinations);
    }

    private async Task Wait()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(JourneyEvents.Failed(_id, 1));
        await _host.Publish(JourneyEvents.TrackedByCard(_id));
    }
}
