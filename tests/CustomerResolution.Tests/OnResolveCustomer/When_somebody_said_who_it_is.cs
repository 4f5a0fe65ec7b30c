using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using LoyaltyProviderStandIn;
using MessageExamples;

namespace CustomerResolution.Tests.OnResolveCustomer;

public sealed class When_somebody_said_who_it_is
{
    private const string Card = "2900000000017";

    [Fact]
    public async Task A_claim_with_an_address_is_the_customer_without_any_look_up()
    {
        await using var service = await RunningService.Start();
        var before = TimeProvider.System.GetUtcNow();

        var resolved = Assert.IsType<CustomerResolved>(await Asked(service, An.Order(email: "till@shop.example"), CustomerOrigin.Claim, new() { Email = " Pat@Shop.example" }));

        Assert.Equal(new() { Email = "pat@shop.example", Origin = CustomerOrigin.Claim }, resolved.Customer);
        Assert.True(resolved.AskedAt >= before);
        Assert.NotNull(resolved.CardKey);
        Assert.Equal(0, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public async Task A_claim_with_a_card_is_looked_up_and_nothing_of_the_order_wins_against_it()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(new() { Card = "8", Email = "pat@shop.example" }, new() { Card = Card, Email = "sam@shop.example" });
        var ofCard = Assert.IsType<CustomerResolved>((await service.Received(An.Order(card: "8"))).Message);

        var resolved = Assert.IsType<CustomerResolved>(await Asked(service, An.Order(email: "till@shop.example"), CustomerOrigin.Claim, new() { LoyaltyCard = " 8 " }));

        Assert.Equal(("pat@shop.example", CustomerOrigin.LoyaltyProvider), (resolved.Customer.Email, resolved.Customer.Origin));
        Assert.Equal(ofCard.CardKey, resolved.CardKey);
    }

    [Fact]
    public async Task A_claim_that_names_nobody_leaves_what_the_order_says()
    {
        await using var service = await RunningService.Start();

        var resolved = Assert.IsType<CustomerResolved>(await Asked(service, An.Order(email: "till@shop.example"), CustomerOrigin.Claim, new() { Email = "nobody" }));

        Assert.Equal(("till@shop.example", CustomerOrigin.Order), (resolved.Customer.Email, resolved.Customer.Origin));
    }

    [Theory]
    [InlineData(null, "pat@shop.example", CustomerOrigin.CardRegistration)]
    [InlineData("", "pat@shop.example", CustomerOrigin.CardRegistration)]
    [InlineData("sam@shop.example", "sam@shop.example", CustomerOrigin.LoyaltyProvider)]
    public async Task The_address_of_a_notice_serves_where_the_provider_has_none(string? atProvider, string expected, CustomerOrigin origin)
    {
        await using var service = await RunningService.Start();
        if (atProvider is not null)
            await service.Provider.PutMembers(new Member { Card = Card, Email = atProvider });

        var resolved = Assert.IsType<CustomerResolved>(await Asked(service, An.Order(), CustomerOrigin.CardRegistration, new() { Email = "Pat@shop.example" }));

        Assert.Equal((expected, origin), (resolved.Customer.Email, resolved.Customer.Origin));
        Assert.Equal(1, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public async Task The_address_of_a_notice_does_not_serve_for_who_is_blocked_or_cannot_be_told()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(new Member { Card = Card, Email = "sam@shop.example", Status = "blocked" });
        CustomerHint hint = new() { Email = "pat@shop.example" };

        Assert.Equal(CustomerResolutionFailureReason.Blocked, Assert.IsType<CustomerResolutionFailed>(await Asked(service, An.Order(), CustomerOrigin.CardRegistration, hint)).Reason);
        await service.Provider.PutFault(new() { Status = 400 });
        Assert.Equal(
            CustomerResolutionFailureReason.ProviderUnavailable, Assert.IsType<CustomerResolutionFailed>(await Asked(service, An.Order(card: "5"), CustomerOrigin.CardRegistration, hint)).Reason);
    }

    [Fact]
    public async Task The_address_on_the_order_still_comes_before_that_of_a_notice()
    {
        await using var service = await RunningService.Start();

        var resolved = Assert.IsType<CustomerResolved>(
            await Asked(service, An.Order(email: "till@shop.example"), CustomerOrigin.CardRegistration, new() { Email = "pat@shop.example" }));

        Assert.Equal(("till@shop.example", CustomerOrigin.Order), (resolved.Customer.Email, resolved.Customer.Origin));
    }

    [Fact]
    public async Task An_answer_from_before_it_was_said_does_not_count()
    {
        await using var service = await RunningService.Start();
        await service.Received(An.Order());
        var said = TimeProvider.System.GetUtcNow();
        await service.Provider.PutMembers(new Member { Card = Card, Email = "sam@shop.example" });
        var command = An.ResolveCustomer(Guid.NewGuid()) with { Hint = new(), HintFrom = CustomerOrigin.CardRegistration, NotBefore = said };

        var resolved = Assert.IsType<CustomerResolved>((await service.AskedAgain(command)).Message);

        Assert.Equal("sam@shop.example", resolved.Customer.Email);
        Assert.True(resolved.AskedAt >= said);
    }

    [Fact]
    public async Task A_clock_ahead_of_this_one_finds_what_needs_no_look_up_all_the_same()
    {
        await using var service = await RunningService.Start();
        var ahead = TimeProvider.System.GetUtcNow().AddMinutes(1);
        var command = An.ResolveCustomer(Guid.NewGuid()) with { Hint = new() { Email = "pat@shop.example" }, HintFrom = CustomerOrigin.Claim, NotBefore = ahead };

        Assert.Equal(ahead, Assert.IsType<CustomerResolved>((await service.AskedAgain(command)).Message).AskedAt);
    }

    private static async Task<object> Asked(RunningService service, Order order, CustomerOrigin from, CustomerHint hint) =>
        (await service.AskedAgain(An.ResolveCustomer(Guid.NewGuid(), order) with { Hint = hint, HintFrom = from })).Message;
}
