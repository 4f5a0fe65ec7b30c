using System.Net;
using System.Text;
using Contracts.CustomerResolution;
using MessageExamples;
using OrderJourney.Journey;
using OrderJourney.Tests.Journey;
using ServiceDefaults.GuardingAccess;

namespace OrderJourney.Tests.ClaimingReceipts;

public sealed class When_customer_service_claims_a_receipt : IAsyncLifetime
{
    private readonly Guid _id = Guid.NewGuid();
    private JourneyHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await JourneyHost.Start(("Access:ApiKeyHashes:0", ApiKeys.Hash("the-key")));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task<(HttpStatusCode Status, string? Location, string Body)> Claim(string json, string? key = "the-key", Guid? id = null, string contentType = "application/json")
    {
        using var http = _host.Http;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/journeys/{id ?? _id}/claim", UriKind.Relative)) { Content = new StringContent(json, Encoding.UTF8, contentType) };
        if (key is not null)
            request.Headers.Add(ApiKeys.Header, key);
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, answer.Headers.Location?.ToString(), await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{ "email": " pat@shop.example " }""", "pat@shop.example", null)]
    [InlineData("""{ "card": "2900 0000 0001 7" }""", null, "2900 0000 0001 7")]
    public async Task It_is_looked_up_for_the_one_who_was_named(string claim, string? email, string? card)
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(JourneyEvents.Failed(_id, 1, CustomerResolutionFailureReason.NoIdentifier));
        _host.Time.Advance(TimeSpan.FromMinutes(5));

        var answer = await Claim(claim);

        Assert.Equal((HttpStatusCode.Accepted, $"/journeys/{_id}"), (answer.Status, answer.Location));
        var asked = Assert.Single(await _host.AskedFor(_id, 1));
        Assert.Equal((email, card, CustomerOrigin.Claim, An.Noon.AddMinutes(5)), (asked.Hint?.Email, asked.Hint?.LoyaltyCard, asked.HintFrom, asked.NotBefore));
        var journey = await RealServers.Eventually.Becomes(() => _host.Journey(_id), saga => saga.Statements is not null);
        Assert.Equal(JourneyState.Received, journey.CurrentState);
        using var http = _host.Http;
        http.DefaultRequestHeaders.Add(ApiKeys.Header, "the-key");
        var shown = await http.GetStringAsync(new Uri($"/journeys/{_id}", UriKind.Relative));
        Assert.Contains("Claimed", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("shop.example", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("2900", shown, StringComparison.Ordinal);
    }

    /// <summary>A person's word outranks what is said about the card; but a card that was claimed and nobody had may have been registered since.</summary>
    [Fact]
    public async Task It_is_asked_for_again_with_the_claim_when_the_claimed_card_is_registered()
    {
        await _host.Publish(An.OrderReceived(_id));
        await Claim("""{ "card": "29017" }""");
        await _host.AskedFor(_id, 1);
        await _host.Publish(JourneyEvents.Failed(_id, 1, card: "claimed-card"));
        await _host.Publish(new LoyaltyCardRegistered { CardKey = "claimed-card", Email = "pat@shop.example", RegisteredAt = An.Noon.AddHours(1) });
        var asked = (await _host.AskedFor(_id, 2))[1];
        Assert.Equal(("29017", null, CustomerOrigin.Claim, An.Noon.AddHours(1)), (asked.Hint?.LoyaltyCard, asked.Hint?.Email, asked.HintFrom, asked.NotBefore));
    }

    /// <summary>The notice may come before the claim: the claim's first "nobody" finds it.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task It_is_asked_for_with_the_address_that_the_claimed_cards_notice_brought(bool noticeFirst)
    {
        var notice = new LoyaltyCardRegistered { CardKey = "claimed-card", Email = "pat@shop.example", RegisteredAt = An.Noon.AddHours(noticeFirst ? 1 : 3) };
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(JourneyEvents.Failed(_id, 1));
        if (noticeFirst)
            await _host.Publish(notice);
        _host.Time.Advance(TimeSpan.FromHours(2));
        await Claim("""{ "card": "29017" }""");
        Assert.Null(Assert.Single(await _host.AskedFor(_id, 1)).Noticed);
        await _host.Publish(JourneyEvents.Failed(_id, 2 * 3600 + 1, card: "claimed-card"));
        if (!noticeFirst)
            await _host.Publish(notice);
        var asked = (await _host.AskedFor(_id, 2))[1];
        Assert.Equal(
            ("29017", null, CustomerOrigin.Claim, "pat@shop.example", An.Noon.AddHours(noticeFirst ? 2 : 3)),
            (asked.Hint?.LoyaltyCard, asked.Hint?.Email, asked.HintFrom, asked.Noticed?.Email, asked.NotBefore));
    }

    [Fact]
    public async Task It_is_nobodys_when_what_was_claimed_is_of_no_use_and_nothing_else_is_known()
    {
        await _host.Publish(An.OrderReceived(_id));
        _host.Time.Advance(TimeSpan.FromSeconds(30));
        await Claim("""{ "card": "0000" }""");
        await _host.AskedFor(_id, 1);
        await _host.Publish(Unusable(31) with { CardKey = null });
        var journey = await _host.Journey(_id);
        Assert.Equal((JourneyState.Unidentified, null), (journey.CurrentState, journey.Standing().From));
        using var http = _host.Http;
        http.DefaultRequestHeaders.Add(ApiKeys.Header, "the-key");
        Assert.Contains("ClaimUnusable", await http.GetStringAsync(new Uri($"/journeys/{_id}", UriKind.Relative)), StringComparison.Ordinal);

        // Another try is without the claim, and another claim counts.
        using var answer = await http.PostAsync(new Uri($"/journeys/{_id}/retry", UriKind.Relative), null);
        Assert.Null((await _host.AskedFor(_id, 2))[1].Hint);
        _host.Time.Advance(TimeSpan.FromSeconds(30));
        await Claim("""{ "card": "29017" }""");
        Assert.Equal("29017", (await _host.AskedFor(_id, 3))[2].Hint?.LoyaltyCard);
    }

    /// <summary>A slip of the hand must not cost what the order's own card says.</summary>
    [Fact]
    public async Task It_goes_back_to_the_notice_of_its_own_card_when_what_was_claimed_is_of_no_use()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(JourneyEvents.Failed(_id, 1));
        await _host.Publish(new LoyaltyCardRegistered { CardKey = "card-1", Email = "pat@shop.example", RegisteredAt = An.Noon.AddSeconds(10) });
        await _host.AskedFor(_id, 1);
        _host.Time.Advance(TimeSpan.FromSeconds(30));
        await Claim("""{ "card": "0000" }""");
        await _host.AskedFor(_id, 2);
        await _host.Publish(Unusable(31));
        Assert.Equal(JourneyState.Received, (await _host.Journey(_id)).CurrentState);
        await _host.LetPass(TimeSpan.FromSeconds(31));
        var asked = (await _host.AskedFor(_id, 3))[2];
        Assert.Equal(("pat@shop.example", null, CustomerOrigin.CardRegistration, An.Noon.AddSeconds(10)), (asked.Hint?.Email, asked.Hint?.LoyaltyCard, asked.HintFrom, asked.NotBefore));
    }

    private CustomerResolutionFailed Unusable(int askedAt) => JourneyEvents.Failed(_id, askedAt, CustomerResolutionFailureReason.NoIdentifier) with { HintUnusable = true };

    [Fact]
    public async Task It_is_not_taken_without_a_key_whatever_the_body_is()
    {
        await _host.Publish(An.OrderReceived(_id));
        Assert.Equal(HttpStatusCode.Unauthorized, (await Claim("""{ "email": "pat@shop.example" }""", key: null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Claim("not JSON at all", key: "another")).Status);
    }

    [Theory]
    [InlineData("{}", "email, card", "")]
    [InlineData("""{ "email": "secret@shop.example", "card": "4711" }""", "email, card", "secret")]
    [InlineData("""{ "email": "secret-without-at" }""", "email", "secret")]
    [InlineData("""{ "email": "@secret" }""", "email", "secret")]
    [InlineData("""{ "email": "pat@secret" }""", "email", "secret")]
    [InlineData("""{ "email": "pat@secret." }""", "email", "secret")]
    [InlineData("""{ "email": 4711 }""", "email", "4711")]
    [InlineData("""{ "email": "secret@shop.example\u0000" }""", "email", "secret")]
    [InlineData("""{ "card": "   " }""", "card", "")]
    [InlineData("""{ "card": ["secret"] }""", "card", "secret")]
    [InlineData("null", "email or card", "")]
    [InlineData("secret", "email or card", "secret")]
    public async Task It_is_refused_naming_the_field_and_never_what_was_in_it(string claim, string named, string secret)
    {
        await _host.Publish(An.OrderReceived(_id));
        var answer = await Claim(claim);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(named, answer.Body, StringComparison.Ordinal);
        if (secret.Length > 0)
            Assert.DoesNotContain(secret, answer.Body, StringComparison.Ordinal);
        Assert.Empty(_host.Harness.Sent.Select<CustomerStated>());
    }

    [Fact]
    public async Task It_is_refused_when_it_is_too_large_or_no_json()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Claim($$"""{ "card": "{{new string('7', 5000)}}" }""")).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Claim("card=7", contentType: "text/plain")).Status);
    }

    [Fact]
    public async Task It_says_so_when_there_is_no_such_journey() =>
        Assert.Equal(HttpStatusCode.NotFound, (await Claim("""{ "card": "4711" }""", id: Guid.NewGuid())).Status);

    [Fact]
    public async Task It_is_refused_when_the_order_is_tracked_already()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(An.CustomerResolved(_id));
        await _host.Publish(An.OrderTracked(_id));
        var answer = await Claim("""{ "card": "4711" }""");
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("tracked already", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_looked_up_anew_when_a_person_retries()
    {
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(JourneyEvents.Failed(_id, 1, CustomerResolutionFailureReason.Ambiguous));
        _host.Time.Advance(TimeSpan.FromMinutes(5));
        using var http = _host.Http;
        http.DefaultRequestHeaders.Add(ApiKeys.Header, "the-key");
        using var answer = await http.PostAsync(new Uri($"/journeys/{_id}/retry", UriKind.Relative), null);
        var asked = Assert.Single(await _host.AskedFor(_id, 1));
        Assert.Equal((An.Noon.AddMinutes(5), null, null), (asked.NotBefore, asked.Hint, asked.HintFrom));
    }
}
