using Contracts.CustomerResolution;
using Contracts.ProfileStoreSender;
using MessageExamples;
using OrderJourney.Journey;
using OrderJourney.Tests.StoringJourneys;

namespace OrderJourney.Tests.Journey;

public sealed class When_an_order_travels : IAsyncLifetime
{
    private readonly Guid _id = Guid.NewGuid();
    private JourneyHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await JourneyHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task It_passes_every_state_in_turn()
    {
        await _host.Publish(An.OrderReceived(_id));
        Assert.Equal(JourneyState.Received, (await _host.Journey(_id)).CurrentState);
        await _host.Publish(An.CustomerResolutionFailed(_id));
        Assert.Equal(JourneyState.AwaitingCustomer, (await _host.Journey(_id)).CurrentState);
        await _host.Publish(An.CustomerResolved(_id));
        Assert.Equal(JourneyState.Resolved, (await _host.Journey(_id)).CurrentState);
        await _host.Publish(An.OrderTracked(_id));
        var tracked = await _host.Journey(_id);
        Assert.Equal(JourneyState.Tracked, tracked.CurrentState);
        Assert.Null(tracked.NextCheckAt);
        Assert.Equal(4, tracked.Version);
    }

    [Fact]
    public async Task It_accepts_every_event_in_every_state()
    {
        var events = JourneyEvents.All(_id);
        // Every state is reached, and every event comes in it, twice.
        foreach (var first in events)
        {
            var id = Guid.NewGuid();
            foreach (var message in JourneyEvents.All(id).Where(e => e.GetType() == first.GetType()).Take(1).Concat(JourneyEvents.All(id)).Concat(JourneyEvents.All(id)))
                await Publish(message);
            Assert.Equal(JourneyState.Tracked, (await _host.Journey(id)).CurrentState);
        }
        Assert.False(await _host.Harness.Published.Any<MassTransit.Fault>(new CancellationToken(canceled: true)));
        Assert.DoesNotContain(_host.Harness.Consumed.Select(_ => true, CancellationToken.None), consumed => consumed.Exception is not null);
    }

    [Fact]
    public async Task It_is_tracked_though_the_end_is_heard_of_first()
    {
        await _host.Publish(An.OrderTracked(_id));
        await _host.Publish(An.CustomerResolved(_id));
        await _host.Publish(An.OrderReceived(_id));
        Assert.Equal(JourneyState.Tracked, (await _host.Journey(_id)).CurrentState);
    }

    [Fact]
    public async Task It_is_looked_up_again_when_nobody_answers()
    {
        await _host.Publish(An.OrderReceived(_id));
        Assert.Equal(0, await _host.LetPass(TimeSpan.FromSeconds(29)));
        Assert.Equal(1, await _host.LetPass(TimeSpan.FromSeconds(2)));
        Assert.True(await _host.Harness.Sent.Any<ResolveCustomer>(sent => sent.Context.Message.OrderId == _id && sent.Context.CorrelationId == _id));
        // The next request only after twice the time.
        Assert.Equal(0, await _host.LetPass(TimeSpan.FromSeconds(59)));
        Assert.Equal(1, await _host.LetPass(TimeSpan.FromSeconds(2)));
        Assert.Equal(2, _host.Sent<ResolveCustomer>());
    }

    [Fact]
    public async Task It_is_sent_again_when_no_destination_answers()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(An.CustomerResolved(_id));
        await _host.LetPass(TimeSpan.FromMinutes(4));
        var sent = _host.Harness.Sent.Select<TrackOrder>().Single();
        Assert.Equivalent(An.Order(), sent.Context.Message.Order, strict: true);
        Assert.Equal(An.Customer(), sent.Context.Message.Customer);
    }

    [Fact]
    public async Task It_ends_unidentified_when_the_waiting_time_is_over_and_a_late_customer_reopens_it()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(An.CustomerResolutionFailed(_id));
        for (var day = 0; day < 31; day++)
            await _host.LetPass(TimeSpan.FromDays(1));
        Assert.Equal(JourneyState.Unidentified, (await _host.Journey(_id)).CurrentState);
        Assert.InRange(_host.Sent<ResolveCustomer>(), 29, 31);
        await _host.Publish(An.CustomerResolved(_id));
        Assert.Equal(JourneyState.Resolved, (await _host.Journey(_id)).CurrentState);
    }

    [Fact]
    public async Task It_needs_attention_when_nobody_answers_for_a_day()
    {
        await _host.Publish(An.OrderReceived(_id));
        for (var hour = 0; hour < 26; hour++)
            await _host.LetPass(TimeSpan.FromHours(1));
        Assert.Equal(JourneyState.NeedsAttention, (await _host.Journey(_id)).CurrentState);
    }

    [Fact]
    public async Task It_is_asked_for_once_however_often_the_sweeper_says_so()
    {
        await _host.Publish(An.OrderReceived(_id));
        var overdue = new JourneyOverdue { OrderId = _id, Attempt = 0 };
        var queue = await _host.Harness.Bus.GetSendEndpoint(new Uri("queue:order-journey"));
        for (var i = 0; i < 3; i++)
            await queue.Send(overdue);
        await RealServers.Eventually.Holds(() => Task.FromResult(_host.Harness.Consumed.Select<JourneyOverdue>().Count() == 3));
        Assert.Equal(1, _host.Sent<ResolveCustomer>());
    }

    /// <summary>CustomerResolution is down for long: what is asked of it waits in its queue, and must not fill the broker.</summary>
    [Fact]
    public async Task It_waits_with_very_many_others_until_the_silent_service_says_something()
    {
        await OverdueNow(1100);
        for (var sweep = 0; sweep < 3; sweep++)
            await _host.LetPass(TimeSpan.FromSeconds(1));
        Assert.Equal(1000, _host.Sent<ResolveCustomer>());

        await _host.LetPass(TimeSpan.FromMinutes(1));
        for (var sweep = 0; sweep < 3; sweep++)
        {
            await _host.Publish(An.CustomerResolutionFailed(Guid.NewGuid()));
            await _host.LetPass(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(1100, _host.Harness.Sent.Select<ResolveCustomer>().Select(sent => sent.Context.Message.OrderId).Distinct().Count());
    }

    /// <summary>Everything overdue at once, as behind a backlog: the commands must not outgrow it.</summary>
    [Fact]
    public async Task It_is_asked_for_in_batches_when_very_many_are_overdue()
    {
        await OverdueNow(600);
        Assert.Equal(500, await _host.LetPass(TimeSpan.FromSeconds(1)));
        Assert.Equal(100, await _host.LetPass(TimeSpan.FromSeconds(1)));
        Assert.Equal(600, _host.Sent<ResolveCustomer>());
    }

    /// <summary>Named for its symptom: a late message of the sweeper wrote "asked again" into a journey that had ended before its order was heard of.</summary>
    [Fact]
    public async Task It_is_not_asked_for_again_once_it_has_ended_though_its_order_was_never_heard_of()
    {
        await _host.Publish(An.OrderTracked(_id));
        var queue = await _host.Harness.Bus.GetSendEndpoint(new Uri("queue:order-journey"));
        await queue.Send(new JourneyOverdue { OrderId = _id, Attempt = 0 });
        await RealServers.Eventually.Holds(() => Task.FromResult(_host.Harness.Consumed.Select<JourneyOverdue>().Any()));
        var journey = await _host.Journey(_id);
        Assert.Equal((JourneyState.Tracked, 1, 0), (journey.CurrentState, journey.Version, journey.Attempts));
    }

    [Fact]
    public async Task It_can_be_tried_again_by_a_person_after_a_refusal()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(An.CustomerResolved(_id));
        await _host.Publish(An.OrderTrackingFailed(_id));
        Assert.Equal(JourneyState.NeedsAttention, (await _host.Journey(_id)).CurrentState);

        using var http = _host.Http;
        using var answer = await http.PostAsync(new Uri($"/journeys/{_id}/retry", UriKind.Relative), null);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        Assert.True(await _host.Harness.Sent.Any<TrackOrder>(sent => sent.Context.Message.OrderId == _id));
        await RealServers.Eventually.Holds(async () => (await _host.Journey(_id)).CurrentState == JourneyState.Resolved);
        await _host.Publish(An.OrderTracked(_id));
        Assert.Equal(JourneyState.Tracked, (await _host.Journey(_id)).CurrentState);
    }

    private Task Publish(object message) => message switch
    {
        Contracts.OrderIngest.OrderReceived m => _host.Publish(m),
        CustomerResolved m => _host.Publish(m),
        CustomerResolutionFailed m => _host.Publish(m),
        OrderTracked m => _host.Publish(m),
        OrderTrackingFailed m => _host.Publish(m),
        _ => throw new ArgumentException("No event"),
    };

    private async Task OverdueNow(int journeys)
    {
        foreach (var batch in Enumerable.Range(0, journeys).Select(_ => JourneyDatabase.NewJourney(Guid.NewGuid())).Chunk(100))
        {
            foreach (var journey in batch)
                journey.NextCheckAt = An.Noon;
            await Task.WhenAll(batch.Select(journey => _host.Store.Save(journey, CancellationToken.None)));
        }
    }
}
