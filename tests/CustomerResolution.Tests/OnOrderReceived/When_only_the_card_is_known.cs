using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using CustomerResolution.Tests.TakingNotices;
using LoyaltyProviderStandIn;
using MessageExamples;

namespace CustomerResolution.Tests.OnOrderReceived;

/// <summary>Destinations that know people by cards get the order where nobody is known by its card, and only there.</summary>
public sealed class When_only_the_card_is_known
{
    private const string Card = "2900000000017";

    [Fact]
    public async Task The_order_goes_on_with_the_card_as_it_was_looked_up_by()
    {
        await using var service = await RunningService.Start();
        var order = An.Order(card: " 2900-0000-00017 ");

        var failed = await Failed(service, order);

        Assert.Equal((CustomerResolutionFailureReason.NotFound, Card, null), (failed.Reason, failed.Card, failed.TryRefusedAgain));
        Assert.Equivalent(order, failed.Order, strict: true);
        Assert.NotNull(failed.CardKey);
        Assert.DoesNotContain("29", $"{failed with { OrderId = Guid.Empty }}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_on_though_its_holder_has_no_address()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(new Member { Card = Card, CustomerId = "M-1" });

        Assert.Equal(Card, (await Failed(service, An.Order())).Card);
    }

    [Theory]
    [InlineData("blocked", "pat@shop.example")]
    [InlineData("blocked", null)]
    public async Task It_does_not_where_the_holder_must_not_be_tracked(string status, string? email)
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(new Member { Card = Card, CustomerId = "M-1", Email = email, Status = status });

        Nothing(await Failed(service, An.Order()), CustomerResolutionFailureReason.Blocked);
    }

    [Fact]
    public async Task It_does_not_where_the_provider_cannot_tell()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutFault(new() { On = "customers", Status = 500 });

        Nothing(await Failed(service, An.Order()), CustomerResolutionFailureReason.ProviderUnavailable);
    }

    [Fact]
    public async Task It_does_not_where_nobody_was_asked_by_the_card()
    {
        await using var service = await RunningService.Start(new()
        {
            Settings = new()
            {
                ["Loyalty:IdentifyBy:0"] = "CustomerNumber",
                ["Loyalty:Lookups:0:By"] = "CustomerNumber",
                ["Loyalty:Lookups:0:Path"] = "customers/{customerNumber}",
                ["Loyalty:Lookups:0:EmailPath"] = "$.email",
            },
        });

        Nothing(await Failed(service, An.Order()), CustomerResolutionFailureReason.NoIdentifier);
        Nothing(await Failed(service, An.Order() with { Customer = new() { LoyaltyCard = Card, CustomerNumber = "C-1" } }), CustomerResolutionFailureReason.NotFound);
    }

    [Fact]
    public async Task It_does_not_with_a_tills_own_card_nor_with_one_that_looks_shared()
    {
        await using var service = await RunningService.Start(new() { Settings = new() { ["Loyalty:WeakIdentifiers:Cards:0"] = "9999", ["Loyalty:SharedCardOrdersPerDay"] = "1" } });

        Nothing(await Failed(service, An.Order(card: "9999")), CustomerResolutionFailureReason.NoIdentifier);
        Assert.Equal(Card, (await Failed(service, An.Order("1"))).Card);
        Nothing(await Failed(service, An.Order("2")), CustomerResolutionFailureReason.NotFound);
    }

    [Fact]
    public async Task A_person_who_asks_again_and_the_card_that_was_claimed_are_passed_on()
    {
        await using var service = await RunningService.Start();
        var command = An.ResolveCustomer(Guid.NewGuid()) with { TryRefusedAgain = true, HintFrom = CustomerOrigin.Claim, Hint = new() { LoyaltyCard = "8 1" } };

        var failed = Assert.IsType<CustomerResolutionFailed>((await service.AskedAgain(command)).Message);

        Assert.Equal(("81", true), (failed.Card, failed.TryRefusedAgain));
    }

    [Fact]
    public async Task A_customer_comes_with_the_card_too_unless_it_may_be_anothers()
    {
        await using var service = await RunningService.Start(new() { Settings = new() { ["Loyalty:WeakIdentifiers:Cards:0"] = "9999", ["Loyalty:SharedCardOrdersPerDay"] = "2" } });
        await service.Provider.PutMembers(new Member { Card = Card, Email = "pat@shop.example" });
        var claim = An.ResolveCustomer(Guid.NewGuid(), An.Order(card: "7")) with { HintFrom = CustomerOrigin.Claim, Hint = new() { Email = "sam@shop.example" } };

        Assert.Equal(Card, (await service.CustomerOf(An.Order("1", card: "2900 0000 00017"))).Card);
        Assert.Equal(Card, (await service.CustomerOf(An.Order("2", email: "till@shop.example"))).Card);
        Assert.Null((await service.CustomerOf(An.Order("3"))).Card);
        Assert.Null((await service.CustomerOf(An.Order("4", card: "9999", email: "till@shop.example"))).Card);
        Assert.Null(Assert.IsType<CustomerResolved>((await service.AskedAgain(claim)).Message).Customer.Card);
    }

    [Fact]
    public async Task Whoever_is_blocked_is_told_of_with_the_card_they_were_found_by()
    {
        await using var service = await RunningService.Start();
        var key = (await Failed(service, An.Order())).CardKey;
        await service.Provider.PutMembers(new Member { Card = Card, Email = "pat@shop.example", Status = "blocked" });

        await service.AskedAgain(An.Order(), notBefore: TimeProvider.System.GetUtcNow());
        await service.ConsentChanged(new { card = Card, mayBeTracked = true });
        await service.ConsentChanged(new { email = "pat@shop.example", mayBeTracked = true });

        Assert.Equal([key, key, null], service.Published.OfType<CustomerConsentChanged>().Select(change => change.CardKey));
    }

    private static void Nothing(CustomerResolutionFailed failed, CustomerResolutionFailureReason reason) =>
        Assert.Equal((reason, null, null), (failed.Reason, failed.Card, failed.Order));

    private static async Task<CustomerResolutionFailed> Failed(RunningService service, Order order) => Assert.IsType<CustomerResolutionFailed>((await service.Received(order)).Message);
}
