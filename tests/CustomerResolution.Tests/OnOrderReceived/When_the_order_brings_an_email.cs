using Contracts.CustomerResolution;
using LoyaltyProviderStandIn;
using MessageExamples;

namespace CustomerResolution.Tests.OnOrderReceived;

public sealed class When_the_order_brings_an_email
{
    [Fact]
    public async Task It_takes_that_address_and_asks_nobody()
    {
        await using var service = await RunningService.Start(new() { WithContacts = true });

        var customer = await service.CustomerOf(An.Order(email: " Pat@Shop.example "));

        Assert.Equal(new() { Email = "pat@shop.example", Origin = CustomerOrigin.Order, Card = "2900000000017" }, customer);
        Assert.Equal(0, (await service.Provider.Requests()).Count);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("n/a")]
    [InlineData("@")]
    [InlineData("")]
    public async Task It_goes_by_the_card_when_that_is_no_address(string notAnAddress)
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(new Member { Card = "2900000000017", Email = "pat@shop.example" });

        var customer = await service.CustomerOf(An.Order(email: notAnAddress));

        Assert.Equal(CustomerOrigin.LoyaltyProvider, customer.Origin);
        Assert.Equal("pat@shop.example", customer.Email);
    }
}
