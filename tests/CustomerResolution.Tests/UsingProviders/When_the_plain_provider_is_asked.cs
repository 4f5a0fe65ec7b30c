using Contracts.CustomerResolution;

namespace CustomerResolution.Tests.UsingProviders;

public sealed class When_the_plain_provider_is_asked : When_a_ready_provider_is_asked
{
    protected override string Provider => "Plain";

    protected override string Dialect => "";

    protected override Dictionary<string, string?> ToSet => new() { [Secret] = "stand-in-loyalty-key" };

    protected override string Secret => "Loyalty:ApiKey";

    protected override (bool Status, bool Consent) Says => (true, false);

    protected override int Steps => 1;

    [Fact]
    public async Task It_says_blocked_of_a_member_who_is() =>
        Assert.Equal(CustomerResolutionFailureReason.Blocked, await ReasonWith([Pat with { Status = "blocked" }]));
}
