using Contracts.CustomerResolution;
using LoyaltyProviderStandIn;
using MessageExamples;

namespace CustomerResolution.Tests.OnResolveCustomer;

public sealed class When_a_customer_is_looked_for_again
{
    private static readonly Member Registered = new() { Card = "2900000000017", Email = "pat@shop.example" };

    [Fact]
    public async Task It_asks_the_provider_when_what_is_remembered_is_older_than_allowed()
    {
        await using var service = await RunningService.Start();
        Assert.Equal(CustomerResolutionFailureReason.NotFound, await service.ReasonFor(An.Order()));
        await service.Provider.PutMembers(Registered);
        Assert.Equal(CustomerResolutionFailureReason.NotFound, await service.ReasonFor(An.Order()));
        Assert.Equal(1, (await service.Provider.Requests()).Count);

        var outcome = await service.AskedAgain(An.Order(), DateTimeOffset.MaxValue);

        Assert.Equal("pat@shop.example", Assert.IsType<CustomerResolved>(outcome.Message).Customer.Email);
        Assert.Equal(outcome.OrderId, outcome.CorrelationId);
        Assert.Equal(2, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public async Task It_makes_the_new_answer_count_for_orders_that_follow()
    {
        await using var service = await RunningService.Start();
        Assert.Equal(CustomerResolutionFailureReason.NotFound, await service.ReasonFor(An.Order()));
        await service.Provider.PutMembers(Registered);
        await service.AskedAgain(An.Order(), DateTimeOffset.MaxValue);

        Assert.Equal("pat@shop.example", (await service.CustomerOf(An.Order())).Email);

        Assert.Equal(2, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public async Task It_asks_the_web_shop_again_as_well()
    {
        await using var service = await RunningService.Start(new() { WithContacts = true });
        Assert.Equal(CustomerResolutionFailureReason.NotFound, await service.ReasonFor(An.Order()));
        await service.Provider.PutContacts(Registered);

        var outcome = await service.AskedAgain(An.Order(), DateTimeOffset.MaxValue);

        Assert.Equal(CustomerOrigin.WebShopContacts, Assert.IsType<CustomerResolved>(outcome.Message).Customer.Origin);
    }

    [Fact]
    public async Task It_takes_a_customer_it_remembers()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(Registered);
        await service.CustomerOf(An.Order());

        Assert.IsType<CustomerResolved>((await service.AskedAgain(An.Order())).Message);

        Assert.Equal(1, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public async Task It_publishes_one_failure_when_there_is_still_nobody()
    {
        await using var service = await RunningService.Start();

        var outcome = await service.AskedAgain(An.Order());

        var failed = Assert.IsType<CustomerResolutionFailed>(outcome.Message);
        Assert.Equal(CustomerResolutionFailureReason.NotFound, failed.Reason);
        Assert.Equal(outcome.OrderId, failed.OrderId);
    }
}
