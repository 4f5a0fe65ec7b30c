using Contracts.CustomerResolution;
using LoyaltyProviderStandIn.Dialects;

namespace CustomerResolution.Tests.UsingProviders;

public sealed class When_Voucherify_is_asked : When_a_ready_provider_is_asked
{
    protected override string Provider => "Voucherify";

    protected override string Dialect => "voucherify";

    protected override Dictionary<string, string?> ToSet => new() { ["Loyalty:Values:appId"] = Voucherify.AppId, [Secret] = Voucherify.AppToken };

    protected override string Secret => "Loyalty:ApiKey";

    protected override (bool Status, bool Consent) Says => (false, false);

    protected override int Steps => 2;

    [Fact]
    public async Task It_says_blocked_of_a_card_that_was_disabled() =>
        Assert.Equal(CustomerResolutionFailureReason.Blocked, await ReasonWith([Pat with { Status = "disabled" }]));

    [Fact]
    public async Task It_says_not_found_of_a_card_that_was_never_handed_out() =>
        Assert.Equal(CustomerResolutionFailureReason.NotFound, await ReasonWith([Pat with { CustomerId = null }]));

    [Fact]
    public async Task It_is_refused_as_another_application()
    {
        await using var service = await Start(new() { ["Loyalty:Values:appId"] = "another-app" });

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(OrderOf(Pat)));

        Assert.Equal([401], await Statuses(service));
    }
}
