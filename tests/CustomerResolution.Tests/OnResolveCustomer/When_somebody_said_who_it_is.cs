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

    [Theory]
    [InlineData("nobody", null)]
    [InlineData("till@store.example", null)]
    [InlineData(null, "2900000000017")]
    [InlineData(null, "4006381333931")]
    [InlineData(null, null)]
    public async Task A_claim_that_can_name_nobody_is_said_to_be_of_no_use_and_the_order_is_nobodys(string? email, string? card)
    {
        await using var service = await RunningService.Start(new()
        {
            Settings = new()
            {
                ["CardNumbers:CheckDigit"] = "Ean",
                ["Loyalty:WeakIdentifiers:Emails:0"] = "*@store.example",
                ["Loyalty:WeakIdentifiers:Cards:0"] = "400638*",
            },
        });

        var failed = Assert.IsType<CustomerResolutionFailed>(await Asked(
            service, An.Order(card: "2900000000018", email: "pat@shop.example"), CustomerOrigin.Claim, new() { Email = email, LoyaltyCard = card }));

        Assert.Equal((CustomerResolutionFailureReason.NoIdentifier, true), (failed.Reason, failed.HintUnusable));
        Assert.NotNull(failed.CardKey);
        Assert.Equal(0, (await service.Provider.Requests()).Count);
    }

    [Theory]
    [InlineData(null, "pat@shop.example", CustomerOrigin.CardRegistration)]
    [InlineData("", "pat@shop.example", CustomerOrigin.CardRegistration)]
    [InlineData("sam@shop.example", "sam@shop.example", CustomerOrigin.LoyaltyProvider)]
    public async Task The_address_that_a_notice_brought_serves_for_a_card_that_was_claimed(string? atProvider, string expected, CustomerOrigin origin)
    {
        await using var service = await RunningService.Start();
        if (atProvider is not null)
            await service.Provider.PutMembers(new Member { Card = "8", Email = atProvider });
        var command = An.ResolveCustomer(Guid.NewGuid(), An.Order(email: "till@shop.example")) with
        {
            Hint = new() { LoyaltyCard = "8" },
            HintFrom = CustomerOrigin.Claim,
            Noticed = new() { Email = "Pat@shop.example" },
        };

        var resolved = Assert.IsType<CustomerResolved>((await service.AskedAgain(command)).Message);

        Assert.Equal((expected, origin), (resolved.Customer.Email, resolved.Customer.Origin));
    }

    [Fact]
    public async Task A_claim_of_a_card_that_nobody_has_yet_is_of_use_all_the_same()
    {
        await using var service = await RunningService.Start();

        var failed = Assert.IsType<CustomerResolutionFailed>(await Asked(service, An.Order(), CustomerOrigin.Claim, new() { LoyaltyCard = "8" }));

        Assert.Equal((CustomerResolutionFailureReason.NotFound, null), (failed.Reason, failed.HintUnusable));
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
