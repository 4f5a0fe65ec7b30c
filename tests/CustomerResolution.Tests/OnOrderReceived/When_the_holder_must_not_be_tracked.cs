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

    [Fact]
    public async Task It_tells_the_others_before_the_outcome_and_once_for_each_answer()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(new Member { Card = "2900000000017", Email = "Pat@shop.example", Status = "blocked" });

        var outcomes = await service.ReceivedAtOnce(Enumerable.Range(0, 50).Select(i => An.Order($"{i}")));

        var told = Assert.Single(service.Published.OfType<CustomerConsentChanged>());
        Assert.Equal(("pat@shop.example", false, SuppressionReason.Blocked), (told.Email, told.MayBeTracked, told.Reason));
        Assert.All(outcomes, outcome => Assert.Equal(told.ChangedAt, Assert.IsType<CustomerResolutionFailed>(outcome.Message).AskedAt));
        var again = Assert.IsType<CustomerResolutionFailed>((await service.AskedAgain(An.Order(), notBefore: told.ChangedAt.AddTicks(1))).Message);
        // A new answer is a new fact: perhaps the customer could be tracked in between.
        var latest = service.Published.TakeLast(2).ToList();
        Assert.Equal(again.AskedAt, Assert.IsType<CustomerConsentChanged>(latest[0]).ChangedAt);
        Assert.Same(again, latest[1]);
    }

    [Fact]
    public async Task It_tells_nothing_of_a_holder_without_an_address()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(new Member { Card = "2900000000017", Status = "blocked" });

        Assert.Equal(CustomerResolutionFailureReason.Blocked, await service.ReasonFor(An.Order()));

        Assert.Single(service.Published, message => message is not Contracts.OrderIngest.OrderReceived);
    }
}
