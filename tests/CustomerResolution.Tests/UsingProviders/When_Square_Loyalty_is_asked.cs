using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using LoyaltyProviderStandIn;
using LoyaltyProviderStandIn.Dialects;
using MessageExamples;

namespace CustomerResolution.Tests.UsingProviders;

public sealed class When_Square_Loyalty_is_asked : When_a_ready_provider_is_asked
{
    protected override string Provider => "SquareLoyalty";

    protected override string Dialect => "square";

    protected override Dictionary<string, string?> ToSet => new() { [Secret] = SquareLoyalty.AccessToken };

    protected override string Secret => "Loyalty:ApiKey";

    protected override (bool Status, bool Consent) Says => (false, true);

    protected override int Steps => 2;

    protected override Order OrderOf(Member member) => An.Order() with { Customer = new() { Phone = member.Phone } };

    [Fact]
    public async Task It_finds_the_customer_a_square_order_names()
    {
        await using var service = await Start();
        await service.Provider.PutMembers(Pat);

        var customer = await service.CustomerOf(An.Order() with { Customer = new() { CustomerNumber = "M-17" } });

        Assert.Equal("pat@shop.example", customer.Email);
        Assert.Equal([200], await Statuses(service));
    }

    [Fact]
    public async Task It_says_ambiguous_of_several_accounts_with_the_number() =>
        Assert.Equal(CustomerResolutionFailureReason.Ambiguous, await ReasonWith([Pat, Pat with { Card = "1", CustomerId = "M-18" }]));

    [Fact]
    public async Task It_says_not_found_of_an_account_without_a_customer() =>
        Assert.Equal(CustomerResolutionFailureReason.NotFound, await ReasonWith([Pat with { CustomerId = null }]));

    [Fact]
    public async Task It_says_consent_withdrawn_of_a_customer_who_unsubscribed() =>
        Assert.Equal(CustomerResolutionFailureReason.ConsentWithdrawn, await ReasonWith([Pat with { Consent = false }]));
}
