using Contracts.CustomerResolution;
using LoyaltyProviderStandIn;
using MessageExamples;

namespace CustomerResolution.Tests.OnOrderReceived;

public sealed class When_the_provider_knows_the_card
{
    [Fact]
    public async Task It_publishes_the_customer_with_the_order()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(new Member { Card = "2900000000017", CustomerId = "M-17", Email = " Pat@shop.example ", Name = "Pat Example" });
        var order = An.Order();

        var outcome = await service.Received(order);

        var resolved = Assert.IsType<CustomerResolved>(outcome.Message);
        Assert.Equal(outcome.OrderId, resolved.OrderId);
        Assert.Equal(outcome.OrderId, outcome.CorrelationId);
        Assert.NotNull(outcome.ConversationId);
        Assert.Equivalent(order, resolved.Order, strict: true);
        Assert.Equal(new() { Email = "pat@shop.example", Name = "Pat Example", ExternalId = "M-17", Origin = CustomerOrigin.LoyaltyProvider, Card = "2900000000017" }, resolved.Customer with { StatusSeenAt = null });
        Assert.Equal(1, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public async Task It_asks_without_the_blanks_and_hyphens_of_the_card()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(new Member { Card = "2900000000017", Email = "pat@shop.example" });

        await service.CustomerOf(An.Order(card: " 2900-0000 0001-7 "));

        Assert.Equal(["2900000000017"], (await service.Provider.Requests()).PerCard.Keys);
    }

    [Fact]
    public async Task It_asks_for_a_card_with_letters_of_an_address_literally()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(new Member { Card = "a/../b?c=1&d%41#é", Email = "pat@shop.example" });

        var customer = await service.CustomerOf(An.Order(card: "a/../b?c=1&d%41#é"));

        Assert.Equal("pat@shop.example", customer.Email);
    }
}
