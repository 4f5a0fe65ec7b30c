using Contracts.CustomerResolution;
using LoyaltyProviderStandIn;
using MessageExamples;

namespace CustomerResolution.Tests.OnOrderReceived;

public sealed class When_an_identifier_is_weak
{
    private static readonly RunningService.Setup Weak = new()
    {
        WithContacts = true,
        Settings = new()
        {
            ["Loyalty:WeakIdentifiers:Cards:0"] = "9999-0000",
            ["Loyalty:WeakIdentifiers:Emails:0"] = "*@store.example",
        },
    };

    [Fact]
    public async Task It_asks_nobody_about_a_tills_own_card_and_gives_it_no_key()
    {
        await using var service = await RunningService.Start(Weak);
        await service.Provider.PutMembers(new Member { Card = "99990000", Email = "pat@shop.example" });

        var failed = Assert.IsType<CustomerResolutionFailed>((await service.Received(An.Order(card: "9999 0000"))).Message);

        Assert.Equal((CustomerResolutionFailureReason.NoIdentifier, null), (failed.Reason, failed.CardKey));
        Assert.Equal(0, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public async Task It_goes_by_the_card_where_the_order_has_the_stores_address()
    {
        await using var service = await RunningService.Start(Weak);
        await service.Provider.PutMembers(new Member { Card = "2900000000017", Email = "pat@shop.example" });

        Assert.Equal("pat@shop.example", (await service.CustomerOf(An.Order(email: "S012@Store.example"))).Email);
    }

    [Fact]
    public async Task It_takes_no_address_of_a_store_from_the_provider_either()
    {
        await using var service = await RunningService.Start(Weak);
        await service.Provider.PutMembers(new Member { Card = "2900000000017", Email = "s012@store.example" });
        Assert.Equal(CustomerResolutionFailureReason.NotFound, await service.ReasonFor(An.Order()));

        await service.Provider.PutContacts(new Member { Card = "1", Email = "pat@shop.example" });
        await service.Provider.PutMembers(new Member { Card = "1", Email = "s012@store.example" });

        Assert.Equal(CustomerOrigin.WebShopContacts, (await service.CustomerOf(An.Order(card: "1"))).Origin);
    }

    [Fact]
    public async Task It_announces_nothing_about_the_stores_address()
    {
        await using var service = await RunningService.Start(Weak);
        await service.Provider.PutMembers(new Member { Card = "2900000000017", Email = "s012@store.example", Status = "blocked" });

        Assert.Equal(CustomerResolutionFailureReason.Blocked, await service.ReasonFor(An.Order()));

        Assert.DoesNotContain(service.Published, message => message is CustomerConsentChanged);
    }

    [Theory]
    [InlineData(CustomerOrigin.Claim, CustomerResolutionFailureReason.NoIdentifier)]
    [InlineData(CustomerOrigin.CardRegistration, CustomerResolutionFailureReason.NotFound)]
    public async Task It_takes_none_from_a_person_or_a_notice(CustomerOrigin from, CustomerResolutionFailureReason reason)
    {
        await using var service = await RunningService.Start(Weak);
        var command = An.ResolveCustomer(Guid.NewGuid()) with { Hint = new() { Email = "s012@store.example" }, HintFrom = from };

        Assert.Equal(reason, Assert.IsType<CustomerResolutionFailed>((await service.AskedAgain(command)).Message).Reason);
    }
}
