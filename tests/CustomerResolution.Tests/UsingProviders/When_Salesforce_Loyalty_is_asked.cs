using System.Net.Http.Json;
using Contracts.CustomerResolution;
using LoyaltyProviderStandIn.Dialects;
using MessageExamples;

namespace CustomerResolution.Tests.UsingProviders;

public sealed class When_Salesforce_Loyalty_is_asked : When_a_ready_provider_is_asked
{
    protected override string Provider => "SalesforceLoyalty";

    protected override string Dialect => "salesforce";

    protected override Dictionary<string, string?> ToSet => new()
    {
        ["Loyalty:Values:program"] = SalesforceLoyalty.Program,
        ["Loyalty:Authentication:ClientId"] = SalesforceLoyalty.ClientId,
        [Secret] = SalesforceLoyalty.ClientSecret,
    };

    protected override string Secret => "Loyalty:Authentication:ClientSecret";

    protected override (bool Status, bool Consent) Says => (true, true);

    protected override int Steps => 1;

    // It gets no token.
    protected override int RequestsWithAWrongSecret => 0;

    protected override int TooMany => 403;

    [Fact]
    public async Task It_says_blocked_of_a_member_who_is_not_active() =>
        Assert.Equal(CustomerResolutionFailureReason.Blocked, await ReasonWith([Pat with { Status = "Inactive" }]));

    [Fact]
    public async Task It_says_consent_withdrawn_of_a_member_who_wants_no_promotions() =>
        Assert.Equal(CustomerResolutionFailureReason.ConsentWithdrawn, await ReasonWith([Pat with { Consent = false }]));

    [Fact]
    public async Task It_finds_a_member_who_was_never_asked()
    {
        await using var service = await Start();
        await service.Provider.PutMembers(Pat with { Consent = null });

        Assert.Equal("pat@shop.example", (await service.CustomerOf(OrderOf(Pat))).Email);
    }

    [Fact]
    public async Task It_does_not_look_at_promotions_where_that_was_taken_out()
    {
        await using var service = await Start(new() { ["Loyalty:Lookups:0:ConsentPath"] = "" });
        await service.Provider.PutMembers(Pat with { Consent = false });

        Assert.Equal("pat@shop.example", (await service.CustomerOf(OrderOf(Pat))).Email);
    }

    [Fact]
    public async Task It_gets_one_token_for_all_and_a_new_one_when_the_session_has_ended()
    {
        await using var service = await Start();
        var cards = Enumerable.Range(1, 20).Select(number => $"{number}").ToList();
        await service.Provider.PutMembers([.. cards.Select(card => Pat with { Card = card, CustomerId = $"M-{card}" })]);
        using var standIn = new HttpClient { BaseAddress = new(service.Provider.BaseAddress, "salesforce/") };

        await service.ReceivedAtOnce(cards.Select(card => An.Order(card: card)));

        Assert.Equal(1, await standIn.GetFromJsonAsync<int>("stand-in/tokens"));

        using var ended = await standIn.DeleteAsync(new Uri("stand-in/tokens", UriKind.Relative));
        await service.Provider.PutMembers(Pat);
        await service.CustomerOf(OrderOf(Pat));

        Assert.Equal(2, await standIn.GetFromJsonAsync<int>("stand-in/tokens"));
        Assert.Equal([401, 200], (await Statuses(service)).TakeLast(2));
    }
}
