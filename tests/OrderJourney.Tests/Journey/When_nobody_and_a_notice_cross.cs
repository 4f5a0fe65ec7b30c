using Contracts.CustomerResolution;
using MessageExamples;
using OrderJourney.Journey;

namespace OrderJourney.Tests.Journey;

/// <summary>The answer "nobody" is on its way while the card is registered.</summary>
public sealed class When_nobody_and_a_notice_cross : IAsyncLifetime
{
    private const int Orders = 200;

    private readonly Guid _id = Guid.NewGuid();
    private JourneyHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await JourneyHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static LoyaltyCardRegistered Notice(string? email = null, string card = "card-1") => new() { CardKey = card, Email = email, RegisteredAt = An.Noon.AddSeconds(10) };

    [Fact]
    public async Task It_finds_the_notice_when_nobody_was_asked_for_before_it()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(Notice());
        Assert.Empty(_host.AskedFor(_id));
        await _host.Publish(JourneyEvents.Failed(_id, 9));
        Assert.Equal(An.Noon.AddSeconds(10), Assert.Single(await _host.AskedFor(_id, 1)).NotBefore);
    }

    [Fact]
    public async Task It_does_not_ask_again_when_nobody_was_asked_for_after_it()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(Notice());
        await _host.Publish(JourneyEvents.Failed(_id, 10));
        Assert.Empty(_host.Harness.Sent.Select<CustomerStated>());
        Assert.Equal(JourneyState.AwaitingCustomer, (await _host.Journey(_id)).CurrentState);
    }

    /// <summary>The address that came with the card serves every order of it, also those the provider was asked for later and says "nobody" to.</summary>
    [Fact]
    public async Task It_takes_the_notices_address_though_nobody_was_asked_for_after_it()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(Notice("pat@shop.example"));
        await _host.Publish(JourneyEvents.Failed(_id, 100));
        Assert.Equal("pat@shop.example", Assert.Single(await _host.AskedFor(_id, 1)).Hint?.Email);

        // The provider says so once more: nothing new, and no going round in circles.
        await _host.Publish(JourneyEvents.Failed(_id, 101));
        await RealServers.Eventually.Holds(() => Task.FromResult(_host.Harness.Consumed.Select<CustomerStated>().Count() == 2));
        Assert.Single(_host.AskedFor(_id));
    }

    /// <summary>It may be another's card by now, and the former holder's status says nothing about the new one.</summary>
    [Theory]
    [InlineData(CustomerResolutionFailureReason.Blocked)]
    [InlineData(CustomerResolutionFailureReason.Ambiguous)]
    public async Task It_finds_the_notice_whatever_was_answered_before_it_and_not_after(CustomerResolutionFailureReason reason)
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(Notice("pat@shop.example"));
        await _host.Publish(JourneyEvents.Failed(_id, 1, reason));
        await _host.AskedFor(_id, 1);
        await _host.Publish(JourneyEvents.Failed(_id, 11, reason));
        Assert.Single(_host.Harness.Sent.Select<CustomerStated>());
        Assert.Equal(reason, (await _host.Journey(_id)).KnownFailure());
    }

    /// <summary>Named for its symptom: an order resolved for the former holder stayed with the former holder when the answer arrived after the notice was dealt with.</summary>
    [Fact]
    public async Task It_is_looked_up_again_when_the_former_holder_was_asked_for_before_the_notice()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(Notice());
        await _host.Publish(JourneyEvents.Resolved(_id, 9, "former@shop.example"));
        Assert.Equal(An.Noon.AddSeconds(10), Assert.Single(await _host.AskedFor(_id, 1)).NotBefore);
        await _host.Publish(JourneyEvents.Resolved(_id, 11, "holder@shop.example"));
        Assert.Single(_host.Harness.Sent.Select<CustomerStated>());
        Assert.Equal("holder@shop.example", (await _host.Journey(_id)).KnownCustomer()?.Email);
    }

    [Theory]
    [InlineData(CustomerOrigin.Order)]
    [InlineData(CustomerOrigin.Claim)]
    public async Task It_looks_for_no_notice_when_the_customer_hangs_on_no_card(CustomerOrigin origin)
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(Notice());
        await _host.Publish(JourneyEvents.Resolved(_id, 9, "pat@shop.example", origin: origin));
        Assert.Empty(_host.Harness.Sent.Select<CustomerStated>());
    }

    /// <summary>Both at the same moment, very often: whichever is faster, every order goes on, and none is asked for twice.</summary>
    [Fact]
    public async Task It_goes_on_exactly_once_however_they_meet()
    {
        var ids = Enumerable.Range(0, Orders).Select(_ => Guid.NewGuid()).ToList();
        await Task.WhenAll(ids.Select(id => _host.Harness.Bus.Publish(An.OrderReceived(id))));
        await RealServers.Eventually.Holds(() => Task.FromResult(_host.Harness.Consumed.Select<Contracts.OrderIngest.OrderReceived>().Count() == Orders));

        await Task.WhenAll(ids.SelectMany((id, i) => i % 2 == 0
            ? new[] { _host.Harness.Bus.Publish(Notice(card: $"card-{i}")), _host.Harness.Bus.Publish(JourneyEvents.Failed(id, 9, card: $"card-{i}")) }
            : [_host.Harness.Bus.Publish(JourneyEvents.Failed(id, 9, card: $"card-{i}")), _host.Harness.Bus.Publish(Notice(card: $"card-{i}"))]));

        await RealServers.Eventually.Becomes(
            () => Task.FromResult(_host.Harness.Sent.Select<ResolveCustomer>().Select(sent => sent.Context.Message.OrderId).Distinct().Count()), asked => asked == Orders);
        var told = _host.Harness.Sent.Select<CustomerStated>().Count();
        await RealServers.Eventually.Holds(() => Task.FromResult(_host.Harness.Consumed.Select<CustomerStated>().Count() >= told));
        Assert.Equal(Orders, _host.Sent<ResolveCustomer>());
    }
}
