using Contracts.CustomerResolution;
using LoyaltyProviderStandIn.Dialects;
using MessageExamples;

namespace CustomerResolution.Tests.UsingProviders;

public sealed class When_Antavo_is_asked : When_a_ready_provider_is_asked
{
    protected override string Provider => "Antavo";

    protected override string Dialect => "antavo";

    protected override Dictionary<string, string?> ToSet => new()
    {
        ["Loyalty:ApiKey"] = Antavo.ApiKey,
        ["Loyalty:Values:region"] = Antavo.Region,
        [Secret] = Antavo.Secret,
    };

    protected override string Secret => "Loyalty:Authentication:Secret";

    protected override (bool Status, bool Consent) Says => (true, false);

    protected override int Steps => 2;

    [Fact]
    public async Task It_says_ambiguous_when_the_search_gives_several() =>
        Assert.Equal(CustomerResolutionFailureReason.Ambiguous, await ReasonWith([Pat, Pat with { CustomerId = "M-18" }]));

    [Theory]
    [InlineData("Banned")]
    [InlineData("")]
    public async Task It_says_blocked_of_every_status_but_active(string status) =>
        Assert.Equal(CustomerResolutionFailureReason.Blocked, await ReasonWith([Pat with { Status = status }]));

    [Theory]
    [InlineData("Loyalty:Values:region", "st3")]
    [InlineData("Loyalty:ApiKey", "another-key")]
    [InlineData("Loyalty:Authentication:AlgorithmPrefix", "EMS")]
    public async Task It_is_refused_when_another_signature_is_made(string key, string value)
    {
        await using var service = await Start(new() { [key] = value });

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(OrderOf(Pat)));

        Assert.Equal([401], await Statuses(service));
    }

    /// <summary>A search that Antavo does not understand is 404 as well; taken for "nobody", it would be nobody for every card.</summary>
    [Fact]
    public async Task It_does_not_take_every_404_for_nobody()
    {
        await using var service = await Start(new() { ["Loyalty:Lookups:0:Path"] = "customers?match=exact&member={card}" });
        await service.Provider.PutMembers(Pat);

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(OrderOf(Pat)));

        Assert.Equal([404], await Statuses(service));
    }

    [Theory]
    [InlineData("4+4&4=4")]
    [InlineData("Ä/../7%2F")]
    [InlineData("a*b!(c)'~")]
    public async Task It_signs_what_it_sends_whatever_the_card_holds(string card)
    {
        await using var service = await Start();
        await service.Provider.PutMembers(Pat with { Card = card });

        Assert.Equal("pat@shop.example", (await service.CustomerOf(An.Order(card: card))).Email);
    }
}
