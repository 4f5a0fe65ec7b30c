using Contracts.CustomerResolution;
using LoyaltyProviderStandIn;
using MessageExamples;

namespace CustomerResolution.Tests.OnOrderReceived;

public sealed class When_the_holder_must_not_be_tracked
{
    [Theory]
    [InlineData("blocked")]
    [InlineData("BLOCKED")]
    public async Task It_says_blocked_and_lets_the_web_shop_overrule_nothing(string status)
    {
        await using var service = await RunningService.Start(new() { WithContacts = true });
        await service.Provider.PutMembers(new Member { Card = "2900000000017", Email = "pat@shop.example", Status = status });
        await service.Provider.PutContacts(new Member { Card = "2900000000017", Email = "pat@shop.example" });

        Assert.Equal(CustomerResolutionFailureReason.Blocked, await service.ReasonFor(An.Order()));

        Assert.Equal(1, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public async Task It_goes_by_the_statuses_of_the_configuration()
    {
        await using var service = await RunningService.Start(new()
        {
            Settings = new()
            {
                ["Loyalty:Lookups:0:Path"] = "customers/{card}",
                ["Loyalty:Lookups:0:EmailPath"] = "$.email",
                ["Loyalty:Lookups:0:StatusPath"] = "$.status",
                ["Loyalty:Lookups:0:BlockedStatuses:0"] = "deceased",
                ["Loyalty:Lookups:0:BlockedStatuses:1"] = "fraud",
            },
        });
        await service.Provider.PutMembers(
            new() { Card = "1", Email = "a@shop.example", Status = "fraud" }, new() { Card = "2", Email = "b@shop.example", Status = "blocked" });

        Assert.Equal(CustomerResolutionFailureReason.Blocked, await service.ReasonFor(An.Order(card: "1")));
        Assert.Equal("b@shop.example", (await service.CustomerOf(An.Order(card: "2"))).Email);
    }
}
