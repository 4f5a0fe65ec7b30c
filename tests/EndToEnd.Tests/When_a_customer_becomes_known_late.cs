using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LoyaltyProviderStandIn;
using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>Claims, withdrawn consent and cards that change hands, through five processes.</summary>
[Collection(nameof(LateIdentity))]
public sealed class When_a_customer_becomes_known_late(LateIdentitySystem late)
{
    private InStoreSystem System => late.System;

    [Fact]
    public async Task A_receipt_without_any_identifier_is_tracked_for_whoever_claims_it()
    {
        var (mailer, member) = (new Person(1), new Person(2));
        await System.Loyalty.PutMembers(member.MemberBy(member.Card));
        var (byEmail, byCard) = (await System.Sell("claim-1", new()), await System.Sell("claim-2", new()));
        await System.WhenJourney(byEmail, "Unidentified");
        await System.WhenJourney(byCard, "Unidentified");

        Assert.Equal(HttpStatusCode.BadRequest, await System.Claim(byEmail, new { email = mailer.Email, card = mailer.Card }));
        Assert.Equal(HttpStatusCode.NotFound, await System.Claim(Guid.NewGuid(), new { email = mailer.Email }));
        Assert.Equal(HttpStatusCode.Accepted, await System.Claim(byEmail, new { email = mailer.Email }));
        Assert.Equal(HttpStatusCode.Accepted, await System.Claim(byCard, new { card = member.Card }));
        var journey = await System.WhenJourney(byEmail, "Tracked");
        await System.WhenJourney(byCard, "Tracked");

        Assert.Equal((mailer.Email, member.Email), (await System.TrackedFor(byEmail), await System.TrackedFor(byCard)));
        Assert.Equal("Claim", journey.GetProperty("customerFoundBy").GetString());
        Assert.Contains("Claimed", Steps(journey));
        Assert.Equal(HttpStatusCode.Conflict, await System.Claim(byEmail, new { email = member.Email }));
    }

    [Fact]
    public async Task An_order_whose_customer_withdraws_while_the_profile_store_is_away_is_not_sent_until_consent_is_given_again()
    {
        var (withdrawing, other) = (new Person(3), new Person(4));
        await System.ProfileStore.Misbehave(new() { Status = 503 });
        var order = await System.Sell("consent-1", withdrawing.SaysEmail);
        await Eventually.Holds(async () => (await System.ProfileStore.Summary()).Rejected.ContainsKey("503"), what: "An attempt to send");
        await Eventually.Becomes(() => Contact(withdrawing), known => known == HttpStatusCode.OK, what: "The contact");

        Assert.Equal(HttpStatusCode.Accepted, await System.SayConsent(withdrawing.Email, mayBeTracked: false));
        await System.WhenSenderKnowsConsent(withdrawing.Email, mayBeTracked: false);
        await System.ProfileStore.Behave();
        var journey = await System.WhenJourney(order, "Suppressed");
        Assert.Equal("consentWithdrawn", journey.GetProperty("suppressedBecause").GetString(), ignoreCase: true);
        await Eventually.Becomes(() => Contact(withdrawing), known => known == HttpStatusCode.NotFound, what: "The contact");

        // Another order gets through afterwards: this one was not merely slow.
        var after = await System.Sell("consent-2", other.SaysEmail);
        await System.WhenJourney(after, "Tracked");
        Assert.Empty(await System.Stored(new HashSet<Guid> { order }));

        Assert.Equal(HttpStatusCode.Accepted, await System.SayConsent(withdrawing.Email, mayBeTracked: true));
        await System.WhenSenderKnowsConsent(withdrawing.Email, mayBeTracked: true);
        Assert.Equal(HttpStatusCode.Accepted, await System.Retry(order));
        await System.WhenJourney(order, "Tracked");
        Assert.Equal(withdrawing.Email, await System.TrackedFor(order));
    }

    [Fact]
    public async Task A_card_that_changes_hands_takes_along_only_orders_that_are_not_tracked()
    {
        var (former, next) = (new Person(5), new Person(6));
        await System.Loyalty.PutMembers(former.MemberBy(former.Card));
        var bought = await System.Sell("moved-1", former.HasCard);
        await System.WhenJourney(bought, "Tracked");

        // The new holder has the card and has not given an address yet: an order from now on waits.
        await System.Loyalty.PutMembers(new Member { Card = former.Card, CustomerId = next.CustomerNumber });
        Assert.Equal(HttpStatusCode.Accepted, await System.Register(former.Card));
        var waits = await System.Sell("moved-2", former.HasCard);
        await System.WhenJourney(waits, "AwaitingCustomer");

        Assert.Equal(HttpStatusCode.Accepted, await System.Register(former.Card, next.Email));
        await System.WhenJourney(waits, "Tracked");
        await Eventually.Becomes(() => System.Journeys("cardMoved=true"), moved => moved.Contains(bought), what: "Journeys whose card has moved");

        Assert.Equal((former.Email, next.Email), (await System.TrackedFor(bought), await System.TrackedFor(waits)));
        Assert.DoesNotContain(waits, await System.Journeys("cardMoved=true"));
        var journey = await System.WhenJourney(bought, "Tracked");
        Assert.Contains("CardMoved", Steps(journey));
    }

    [Theory]
    [InlineData("CustomerResolution", "/loyalty-cards/registered")]
    [InlineData("CustomerResolution", "/customers/consents")]
    [InlineData("OrderJourney", "/journeys/00000000-0000-0000-0000-000000000001/claim")]
    public async Task Nobody_without_the_key_learns_even_what_is_wrong_with_a_body(string service, string path)
    {
        using var stranger = new HttpClient { BaseAddress = System.All.Single(one => one.Name == service).Address };
        using var body = new StringContent("{ no JSON", new MediaTypeHeaderValue("application/json"));
        using var answer = await stranger.PostAsync(new Uri(path, UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<HttpStatusCode> Contact(Person person)
    {
        using var answer = await System.EmailMarketing.Http.GetAsync(new Uri($"/contacts/{Uri.EscapeDataString(person.Email)}", UriKind.Relative));
        return answer.StatusCode;
    }

    private static IEnumerable<string?> Steps(JsonElement journey) => journey.GetProperty("timeline").EnumerateArray().Select(step => step.GetProperty("what").GetString());
}
