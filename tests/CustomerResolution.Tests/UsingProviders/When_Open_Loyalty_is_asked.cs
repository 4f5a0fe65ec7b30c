using Contracts.CustomerResolution;
using LoyaltyProviderStandIn.Dialects;

namespace CustomerResolution.Tests.UsingProviders;

public sealed class When_Open_Loyalty_is_asked : When_a_ready_provider_is_asked
{
    protected override string Provider => "OpenLoyalty";

    protected override string Dialect => "open-loyalty";

    protected override Dictionary<string, string?> ToSet => new() { ["Loyalty:Values:store"] = OpenLoyalty.Store, [Secret] = OpenLoyalty.Token };

    protected override string Secret => "Loyalty:ApiKey";

    protected override (bool Status, bool Consent) Says => (true, true);

    protected override int Steps => 1;

    [Fact]
    public async Task It_says_ambiguous_of_several_members_with_the_card() =>
        Assert.Equal(CustomerResolutionFailureReason.Ambiguous, await ReasonWith([Pat, Pat with { CustomerId = "M-18" }]));

    [Fact]
    public async Task It_says_blocked_of_a_member_who_is_not_active() =>
        Assert.Equal(CustomerResolutionFailureReason.Blocked, await ReasonWith([Pat with { Status = "inactive" }]));

    [Fact]
    public async Task It_says_consent_withdrawn_of_a_member_who_does_not_agree_to_marketing() =>
        Assert.Equal(CustomerResolutionFailureReason.ConsentWithdrawn, await ReasonWith([Pat with { Consent = false }]));

    /// <summary>The list is everybody whose number holds what was asked for; somebody else's order must not be tracked for them.</summary>
    [Fact]
    public async Task It_says_not_found_where_the_card_is_only_a_part_of_others() =>
        Assert.Equal(CustomerResolutionFailureReason.NotFound, await ReasonWith([Pat with { Card = $"{Card}0" }, Pat with { Card = $"1{Card}", CustomerId = "M-18" }]));

    [Fact]
    public async Task It_does_not_take_another_store_for_nobody()
    {
        await using var service = await Start(new() { ["Loyalty:Values:store"] = "ELSEWHERE" });
        await service.Provider.PutMembers(Pat);

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(OrderOf(Pat)));

        Assert.Equal([404], await Statuses(service));
    }
}
