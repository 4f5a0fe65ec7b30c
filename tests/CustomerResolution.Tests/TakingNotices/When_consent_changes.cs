using System.Net;
using Contracts.CustomerResolution;
using LoyaltyProviderStandIn;
using MessageExamples;

namespace CustomerResolution.Tests.TakingNotices;

public sealed class When_consent_changes
{
    [Theory]
    [InlineData(false, null, SuppressionReason.ConsentWithdrawn)]
    [InlineData(false, "ConsentWithdrawn", SuppressionReason.ConsentWithdrawn)]
    [InlineData(false, "blocked", SuppressionReason.Blocked)]
    [InlineData(true, null, null)]
    public async Task It_is_told_to_the_others(bool mayBeTracked, string? reason, SuppressionReason? told)
    {
        await using var service = await RunningService.Start();

        var response = await service.ConsentChanged(new { email = " Pat@MÜLLER.example ", mayBeTracked, reason, changedAt = "2026-11-20T12:00:00+01:00" });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var change = Assert.Single(service.Published.OfType<CustomerConsentChanged>());
        Assert.Equal(("pat@xn--mller-kva.example", mayBeTracked, told, An.Noon.AddHours(-1)), (change.Email, change.MayBeTracked, change.Reason, change.ChangedAt));
        Assert.Equal(0, (await service.Provider.Requests()).Count);
    }

    [Theory]
    [InlineData("active")]
    [InlineData("blocked")]
    public async Task It_finds_the_address_of_a_card_at_whoever_holds_it_now(string status)
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(new Member { Card = "1", Email = "sam@shop.example" });
        await service.CustomerOf(An.Order(card: "1"));
        await service.Provider.PutMembers(new Member { Card = "1", Email = "Pat@shop.example", Status = status });

        Assert.Equal(HttpStatusCode.Accepted, (await service.ConsentChanged(new { card = " 1", mayBeTracked = false })).StatusCode);

        Assert.Equal("pat@shop.example", Assert.Single(service.Published.OfType<CustomerConsentChanged>()).Email);
    }

    [Fact]
    public async Task It_says_why_a_card_leads_to_nobody()
    {
        await using var service = await RunningService.Start(new()
        {
            Settings = new()
            {
                ["Loyalty:Lookups:0:Path"] = "customers?card={card}",
                ["Loyalty:Lookups:0:HoldersPath"] = "$.items",
                ["Loyalty:Lookups:0:EmailPath"] = "$.email",
            },
        });
        await service.Provider.PutMembers(new Member { Card = "2" }, new() { Card = "3", Email = "pat@shop.example" }, new() { Card = "3", Email = "sam@shop.example" });

        await (await service.ConsentChanged(new { card = "1", mayBeTracked = false })).Problem(404);
        await (await service.ConsentChanged(new { card = "2", mayBeTracked = false })).Problem(404);
        await (await service.ConsentChanged(new { card = "3", mayBeTracked = false })).Problem(409);
        await service.Provider.PutFault(new() { Status = 400 });
        await (await service.ConsentChanged(new { card = "4", mayBeTracked = false })).Problem(503);

        Assert.DoesNotContain(service.Published, message => message is CustomerConsentChanged);
    }

    [Theory]
    [InlineData("LoyaltyLion", false)]
    [InlineData("LoyaltyLion", true)]
    [InlineData("SquareLoyalty", false)]
    [InlineData("SquareLoyalty", true)]
    public async Task It_asks_the_web_shop_alone_where_the_provider_knows_no_cards(string provider, bool withContacts)
    {
        await using var service = await RunningService.Start(new() { WithContacts = withContacts, Settings = new() { ["Loyalty:Provider"] = provider } });
        if (withContacts)
            await service.Provider.PutContacts(new Member { Card = "1", Email = "pat@shop.example" });

        var response = await service.ConsentChanged(new { card = "1", mayBeTracked = false });

        if (withContacts)
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        else
            await response.Problem(404);
        Assert.Equal(withContacts ? ["pat@shop.example"] : [], service.Published.OfType<CustomerConsentChanged>().Select(change => change.Email));
    }

    [Fact]
    public async Task It_takes_no_moment_in_the_future()
    {
        await using var service = await RunningService.Start();
        var begun = TimeProvider.System.GetUtcNow();

        await service.ConsentChanged(new { email = "pat@shop.example", mayBeTracked = false, changedAt = begun.AddDays(1) });
        await service.ConsentChanged(new { email = "pat@shop.example", mayBeTracked = false });

        Assert.Equal(2, service.Published.OfType<CustomerConsentChanged>().Count());
        Assert.All(service.Published.OfType<CustomerConsentChanged>(), change => Assert.InRange(change.ChangedAt, begun, TimeProvider.System.GetUtcNow()));
    }

    public static TheoryData<string, object> Wrong => new()
    {
        { "mayBeTracked: ", new { email = "pat@shop.example" } },
        { "mayBeTracked: ", new { email = "pat@shop.example", mayBeTracked = "no" } },
        { "reason: ", new { email = "pat@shop.example", mayBeTracked = false, reason = "pat" } },
        { "reason: ", new { email = "pat@shop.example", mayBeTracked = true, reason = "blocked" } },
        { "email, card: ", new { mayBeTracked = false } },
        { "email, card: ", new { email = "pat@shop.example", card = "1", mayBeTracked = false } },
        { "email: ", new { email = "pat", mayBeTracked = false } },
        { "card: ", new { card = "..", mayBeTracked = false } },
        { "changedAt: ", new { email = "pat@shop.example", mayBeTracked = false, changedAt = "pat" } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task It_says_what_has_to_be_corrected_without_repeating_it(string detail, object body)
    {
        await using var service = await RunningService.Start();

        var response = await service.ConsentChanged(body);

        Assert.StartsWith(detail, await response.Problem(400), StringComparison.Ordinal);
        Assert.DoesNotContain("pat", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(service.Published);
    }
}
