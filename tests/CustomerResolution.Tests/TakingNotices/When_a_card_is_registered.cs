using System.Net;
using System.Text;
using Contracts.CustomerResolution;
using LoyaltyProviderStandIn;
using MessageExamples;
using ServiceDefaults.GuardingAccess;

namespace CustomerResolution.Tests.TakingNotices;

public sealed class When_a_card_is_registered
{
    private const string Card = "2900000000017";

    [Fact]
    public async Task It_is_told_to_the_others_by_the_key_that_outcomes_carry()
    {
        await using var service = await RunningService.Start();
        var failed = Assert.IsType<CustomerResolutionFailed>((await service.Received(An.Order())).Message);

        var response = await service.CardRegistered(" 2900-0000 0001-7", " Pat@Shop.example");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var registered = Assert.Single(service.Published.OfType<LoyaltyCardRegistered>());
        Assert.Equal((failed.CardKey, "pat@shop.example"), (registered.CardKey, registered.Email));
        Assert.True(registered.RegisteredAt > failed.AskedAt);
    }

    [Fact]
    public async Task It_makes_this_instance_forget_that_nobody_had_it()
    {
        await using var service = await RunningService.Start(new() { WithContacts = true });
        await service.Received(An.Order());
        await service.Provider.PutMembers(new Member { Card = Card, Email = "pat@shop.example" });

        Assert.Equal(HttpStatusCode.Accepted, (await service.CardRegistered(Card)).StatusCode);

        Assert.Null(Assert.Single(service.Published.OfType<LoyaltyCardRegistered>()).Email);
        Assert.Equal("pat@shop.example", (await service.CustomerOf(An.Order())).Email);
    }

    [Theory]
    [InlineData("""{"email":"quillon@private.example"}""", 400, "card: ")]
    [InlineData("""{"card":".."}""", 400, "card: ")]
    [InlineData("""{"card":7700112233}""", 400, "card: ")]
    [InlineData("""{"card":"7700112233","email":"quillon"}""", 400, "email: ")]
    [InlineData("""{"card":"7700112233","email":["quillon"]}""", 400, "email: ")]
    [InlineData("""{"quillon":{"7700112233":""", 400, "The body ")]
    [InlineData("null", 400, "The body ")]
    [InlineData("[]", 400, "The body ")]
    [InlineData("", 400, "The body ")]
    [InlineData("""{"card":"9999-0000"}""", 422, "card: ")]
    [InlineData("""{"card":"7700112233","email":"quillon@store.example"}""", 422, "email: ")]
    public async Task It_says_what_has_to_be_corrected_without_repeating_it(string body, int status, string detail)
    {
        await using var service = await RunningService.Start(new()
        {
            Settings = new() { ["Loyalty:WeakIdentifiers:Cards:0"] = "99990000", ["Loyalty:WeakIdentifiers:Emails:0"] = "*@store.example" },
        });

        var response = await service.Http.PostAsync("loyalty-cards/registered", Json(body));

        Assert.StartsWith(detail, await response.Problem(status), StringComparison.Ordinal);
        var text = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("7700112233", text, StringComparison.Ordinal);
        Assert.DoesNotContain("quillon", text, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Published, message => message is LoyaltyCardRegistered);
    }

    [Theory]
    [InlineData("loyalty-cards/registered")]
    [InlineData("customers/consents")]
    public async Task It_looks_at_the_key_before_anything_else(string route)
    {
        await using var service = await RunningService.Start(new() { Settings = new() { ["Access:ApiKeyHashes:0"] = ApiKeys.Hash("right") } });

        foreach (var key in new[] { null, "wrong" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new StringContent("{ no JSON", Encoding.UTF8, "text/plain") };
            if (key is not null)
                request.Headers.Add(ApiKeys.Header, key);
            await (await service.Http.SendAsync(request)).Problem(401);
        }
        using var accepted = new HttpRequestMessage(HttpMethod.Post, route) { Content = Json("""{"card":"1","mayBeTracked":true}""") };
        accepted.Headers.Add(ApiKeys.Header, "right");
        var status = (int)(await service.Http.SendAsync(accepted)).StatusCode;
        Assert.Equal(route.StartsWith("loyalty", StringComparison.Ordinal) ? 202 : 404, status);
    }

    [Fact]
    public async Task It_reads_no_more_than_a_notice_can_have()
    {
        await using var service = await RunningService.Start();
        var padding = new string(' ', 20_000);

        await (await service.Http.PostAsync("loyalty-cards/registered", Json($"{{\"card\":\"1\"{padding}}}"))).Problem(413);
        // Without a length said beforehand.
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "loyalty-cards/registered") { Content = Json($"{{\"card\":\"1\"{padding}}}") };
        chunked.Headers.TransferEncodingChunked = true;
        await (await service.Http.SendAsync(chunked)).Problem(413);
        await (await service.Http.PostAsync("loyalty-cards/registered", new StringContent("card=1", Encoding.UTF8, "application/x-www-form-urlencoded"))).Problem(415);

        Assert.DoesNotContain(service.Published, message => message is LoyaltyCardRegistered);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
