using Contracts.CustomerResolution;
using MessageExamples;

namespace CustomerResolution.Tests.OnOrderReceived;

public sealed class When_the_provider_answers_with_a_list
{
    private static readonly RunningService.Setup ByList = new()
    {
        Settings = new()
        {
            ["Loyalty:Lookups:0:Path"] = "customers?card={card}",
            ["Loyalty:Lookups:0:HoldersPath"] = "$.items",
            ["Loyalty:Lookups:0:EmailPath"] = "$.email",
            ["Loyalty:Lookups:0:ExternalIdPath"] = "$.customerId",
        },
    };

    [Fact]
    public async Task It_takes_the_only_holder()
    {
        await using var service = await RunningService.Start(ByList);
        await service.Provider.PutMembers(new() { Card = "4+4&4", CustomerId = "M-4", Email = "pat@shop.example" }, new() { Card = "5", Email = "sam@shop.example" });

        var customer = await service.CustomerOf(An.Order(card: "4+4&4"));

        Assert.Equal("M-4", customer.ExternalId);
    }

    [Fact]
    public async Task It_says_ambiguous_of_several_holders()
    {
        await using var service = await RunningService.Start(ByList);
        await service.Provider.PutMembers(new() { Card = "2900000000017", Email = "pat@shop.example" }, new() { Card = "2900000000017", Email = "sam@shop.example" });

        Assert.Equal(CustomerResolutionFailureReason.Ambiguous, await service.ReasonFor(An.Order()));
    }

    [Fact]
    public async Task It_says_not_found_of_an_empty_list()
    {
        await using var service = await RunningService.Start(ByList);

        Assert.Equal(CustomerResolutionFailureReason.NotFound, await service.ReasonFor(An.Order()));
    }
}
