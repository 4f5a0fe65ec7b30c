using Contracts.CustomerResolution;
using LoyaltyProviderStandIn.Dialects;
using MessageExamples;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CustomerResolution.Tests.UsingProviders;

public sealed class When_Talon_One_is_asked : When_a_ready_provider_is_asked
{
    // The third request of docs/loyalty/talon-one.md.
    private static readonly Dictionary<string, string?> WithTheStatusOfTheCard = new()
    {
        ["Loyalty:Lookups:2:Path"] = "v1/customer_profiles/{profile}/inventory?loyalty=true",
        ["Loyalty:Lookups:2:HoldersPath"] = "$.loyalty.cards",
        ["Loyalty:Lookups:2:MatchPath"] = "$.identifier",
        ["Loyalty:Lookups:2:StatusPath"] = "$.status",
        ["Loyalty:Lookups:2:AllowedStatuses:0"] = "active",
    };

    protected override string Provider => "TalonOne";

    protected override string Dialect => "talon-one";

    protected override Dictionary<string, string?> ToSet => new() { ["Loyalty:Values:program"] = TalonOne.Program, [Secret] = TalonOne.ApiKey };

    protected override string Secret => "Loyalty:ApiKey";

    protected override (bool Status, bool Consent) Says => (false, false);

    protected override int Steps => 2;

    [Fact]
    public async Task It_says_ambiguous_of_a_card_with_several_profiles() =>
        Assert.Equal(CustomerResolutionFailureReason.Ambiguous, await ReasonWith([Pat, Pat with { CustomerId = "M-18" }]));

    [Fact]
    public async Task It_says_not_found_of_a_card_that_was_never_registered() =>
        Assert.Equal(CustomerResolutionFailureReason.NotFound, await ReasonWith([Pat with { CustomerId = null }]));

    [Theory]
    [InlineData("123")]
    [InlineData("29000/0017")]
    [InlineData("kårt-17")]
    public async Task It_says_not_found_of_a_number_that_cannot_be_a_card_and_does_not_ask(string card)
    {
        await using var service = await Start();

        Assert.Equal(CustomerResolutionFailureReason.NotFound, await service.ReasonFor(An.Order(card: card)));

        Assert.Empty(await Statuses(service));
        Assert.Equal(HealthStatus.Healthy, (await service.Health("loyalty-provider")).Status);
    }

    /// <summary>A program that is not card-based answers so, whatever the card.</summary>
    [Fact]
    public async Task It_does_not_take_the_answer_to_any_other_card_for_nobodys()
    {
        await using var service = await Start();
        await service.Provider.PutFault(new() { On = Dialect, Status = 400 });

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(An.Order(card: "1234")));
    }

    [Fact]
    public async Task It_says_blocked_of_an_inactive_card_where_a_third_request_asks_for_that() =>
        Assert.Equal(
            CustomerResolutionFailureReason.Blocked,
            await ReasonWith([Pat with { Status = "inactive" }, Pat with { Card = "an-older-one" }], WithTheStatusOfTheCard));

    [Fact]
    public async Task It_finds_the_member_of_an_active_card_beside_an_inactive_one()
    {
        await using var service = await Start(WithTheStatusOfTheCard);
        await service.Provider.PutMembers(Pat, Pat with { Card = "an-older-one", Status = "inactive" });

        Assert.Equal("pat@shop.example", (await service.CustomerOf(OrderOf(Pat))).Email);

        Assert.Equal([200, 200, 200], await Statuses(service));
    }
}
