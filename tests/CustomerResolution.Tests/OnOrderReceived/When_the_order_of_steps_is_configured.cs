using Contracts.CustomerResolution;
using CustomerResolution.CachingAnswers;
using CustomerResolution.NormalisingIdentifiers;
using CustomerResolution.Tests.Observing;
using LoyaltyProviderStandIn;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerResolution.Tests.OnOrderReceived;

public sealed class When_the_order_of_steps_is_configured
{
    [Fact]
    public async Task It_asks_the_provider_before_it_takes_the_orders_address()
    {
        await using var service = await RunningService.Start(By("loyaltyProvider", "OrderEmail"));
        await service.Provider.PutMembers(
            new() { Card = "1", Email = "pat@shop.example" }, new() { Card = "2", Email = "sam@shop.example", Status = "blocked" }, new() { Card = "3" });

        Assert.Equal(("pat@shop.example", CustomerOrigin.LoyaltyProvider), Who(await service.CustomerOf(An.Order(card: "1", email: "till@shop.example"))));
        Assert.Equal(CustomerResolutionFailureReason.Blocked, await service.ReasonFor(An.Order(card: "2", email: "till@shop.example")));
        Assert.Equal(("till@shop.example", CustomerOrigin.Order), Who(await service.CustomerOf(An.Order(card: "3", email: "till@shop.example"))));
        Assert.Equal(("till@shop.example", CustomerOrigin.Order), Who(await service.CustomerOf(An.Order(card: "4", email: "till@shop.example"))));
        await service.Provider.PutFault(new() { Status = 400 });
        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(An.Order(card: "5", email: "till@shop.example")));
    }

    [Fact]
    public async Task It_asks_the_web_shop_first_where_that_knows_better()
    {
        await using var service = await RunningService.Start(By("WebShopContacts", "LoyaltyProvider"));
        await service.Provider.PutContacts(new Member { Card = "1", Email = "pat@shop.example" });
        await service.Provider.PutMembers(new() { Card = "1", Email = "sam@shop.example" }, new() { Card = "2", Email = "kim@shop.example" });

        Assert.Equal(("pat@shop.example", CustomerOrigin.WebShopContacts), Who(await service.CustomerOf(An.Order(card: "1"))));
        Assert.Equal(("kim@shop.example", CustomerOrigin.LoyaltyProvider), Who(await service.CustomerOf(An.Order(card: "2"))));
    }

    [Fact]
    public async Task It_knows_of_nothing_later_than_the_oldest_answer_it_rests_on()
    {
        await using var service = await RunningService.Start(new() { WithContacts = true });
        var nobody = Assert.IsType<CustomerResolutionFailed>((await service.Received(An.Order(card: "1"))).Message);
        Assert.Equal(2, (await service.Provider.Requests()).Count);
        // The provider's "nobody" is remembered; the web shop is asked anew.
        service.Services.GetRequiredService<CustomerDirectories>().Contacts!.Outdate(CardNumbers.KeyOf("1"), TimeProvider.System.GetUtcNow());
        var again = Assert.IsType<CustomerResolutionFailed>((await service.AskedAgain(An.Order(card: "1"))).Message);

        Assert.Equal(3, (await service.Provider.Requests()).Count);
        Assert.Equal(nobody.AskedAt, again.AskedAt);
        Assert.True(again.AskedAt < again.FailedAt);
        var later = Assert.IsType<CustomerResolutionFailed>((await service.AskedAgain(An.Order(card: "1"), notBefore: nobody.FailedAt)).Message);
        Assert.True(later.AskedAt >= nobody.FailedAt);
        // The web shop was asked late enough already.
        Assert.Equal(4, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public async Task It_says_nobody_can_be_found_by_what_no_step_looks_at()
    {
        using var logs = new CapturedLogs();
        await using var service = await RunningService.Start(By("OrderEmail", "Phone") with { Logs = logs });

        Assert.Equal(CustomerResolutionFailureReason.NoIdentifier, await service.ReasonFor(An.Order()));

        Assert.Equal(0, (await service.Provider.Requests()).Count);
        // And said at start that a look-up by card is there for nothing, and a step without one.
        Assert.Single(logs.Lines, line => line.Contains(" 2021 ", StringComparison.Ordinal) && line.Contains("LoyaltyCard", StringComparison.Ordinal));
        Assert.Single(logs.Lines, line => line.Contains(" 2022 ", StringComparison.Ordinal) && line.Contains("Phone", StringComparison.Ordinal));
    }

    private static (string Email, CustomerOrigin Origin) Who(Customer customer) => (customer.Email, customer.Origin);

    private static RunningService.Setup By(params string[] steps) => new()
    {
        WithContacts = true,
        Settings = steps.Index().ToDictionary(step => $"Loyalty:IdentifyBy:{step.Index}", step => (string?)step.Item),
    };
}
