using Contracts.CustomerResolution;
using LoyaltyProviderStandIn;
using MessageExamples;

namespace CustomerResolution.Tests.OnOrderReceived;

public sealed class When_nobody_holds_the_card
{
    private const string Card = "2900000000017";

    [Fact]
    public async Task It_says_not_found_after_one_request()
    {
        await using var service = await RunningService.Start();

        Assert.Equal(CustomerResolutionFailureReason.NotFound, await service.ReasonFor(An.Order()));

        Assert.Equal(1, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public async Task It_takes_the_web_shops_contact_where_there_is_one()
    {
        await using var service = await RunningService.Start(new() { WithContacts = true });
        await service.Provider.PutContacts(new Member { Card = Card, CustomerId = "C-4", Email = "pat@shop.example", Name = "Pat" });

        var customer = await service.CustomerOf(An.Order());

        Assert.Equal(new() { Email = "pat@shop.example", Name = "Pat", ExternalId = "C-4", Origin = CustomerOrigin.WebShopContacts, Card = Card }, customer with { StatusSeenAt = null });
        Assert.Equal(["customers", "contacts"], (await service.Provider.Requests()).Last.Select(request => request.Route));
    }

    [Fact]
    public async Task It_asks_the_web_shop_also_about_a_member_without_an_email()
    {
        await using var service = await RunningService.Start(new() { WithContacts = true });
        await service.Provider.PutMembers(new Member { Card = Card, CustomerId = "M-1" });
        await service.Provider.PutContacts(new Member { Card = Card, Email = "pat@shop.example" });

        Assert.Equal(CustomerOrigin.WebShopContacts, (await service.CustomerOf(An.Order())).Origin);
    }

    [Fact]
    public async Task It_says_not_found_when_the_web_shop_has_nobody_either()
    {
        await using var service = await RunningService.Start(new() { WithContacts = true });

        Assert.Equal(CustomerResolutionFailureReason.NotFound, await service.ReasonFor(An.Order()));

        Assert.Equal([404, 404], (await service.Provider.Requests()).Last.Select(request => request.Status));
    }

    [Fact]
    public async Task It_says_provider_unavailable_when_the_web_shop_cannot_tell()
    {
        await using var service = await RunningService.Start(new() { WithContacts = true });
        await service.Provider.PutFault(new() { On = "contacts", Status = 500 });

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(An.Order()));
    }

    [Fact]
    public async Task It_says_not_found_of_a_member_whose_email_is_none()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(new Member { Card = Card, Email = "unknown" });

        Assert.Equal(CustomerResolutionFailureReason.NotFound, await service.ReasonFor(An.Order()));
    }
}
