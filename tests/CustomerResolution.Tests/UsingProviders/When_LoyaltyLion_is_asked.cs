using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using LoyaltyProviderStandIn;
using LoyaltyProviderStandIn.Dialects;
using MessageExamples;

namespace CustomerResolution.Tests.UsingProviders;

public sealed class When_LoyaltyLion_is_asked : When_a_ready_provider_is_asked
{
    protected override string Provider => "LoyaltyLion";

    protected override string Dialect => "loyaltylion";

    protected override Dictionary<string, string?> ToSet => new() { [Secret] = LoyaltyLion.ApiKey };

    protected override string Secret => "Loyalty:ApiKey";

    protected override (bool Status, bool Consent) Says => (true, false);

    protected override int Steps => 2;

    protected override Order OrderOf(Member member) => An.Order() with { Customer = new() { CustomerNumber = member.CustomerId } };

    [Fact]
    public async Task It_says_blocked_of_a_customer_who_is() =>
        Assert.Equal(CustomerResolutionFailureReason.Blocked, await ReasonWith([Pat with { Status = "blocked" }]));

    /// <summary>The list is everybody whose address holds what was asked for.</summary>
    [Fact]
    public async Task It_does_not_mix_the_customer_up_with_others_whose_address_is_longer()
    {
        await using var service = await Start();
        await service.Provider.PutMembers(
            Pat with { Card = "1", CustomerId = "M-1", Email = "a-pat@shop.example" }, Pat, Pat with { Card = "2", CustomerId = "M-2", Email = "pat@shop.example.test", Status = "blocked" });

        Assert.Equal("M-17", (await service.CustomerOf(OrderOf(Pat))).ExternalId);
    }
}
