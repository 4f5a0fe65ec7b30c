using System.Net;
using System.Text.Json;

namespace LoyaltyProviderStandIn.Tests;

public sealed class When_a_card_is_asked_for
{
    private const string ContactsKey = "stand-in-contacts-key";

    [Theory]
    [InlineData("customers/1", null)]
    [InlineData("customers/1", "wrong")]
    [InlineData("customers/1", ContactsKey)]
    [InlineData("customers?card=1", null)]
    [InlineData("contacts/1", null)]
    [InlineData("contacts/1", "stand-in-loyalty-key")]
    public async Task It_refuses_a_request_without_the_key_of_the_route(string path, string? key)
    {
        await using var standIn = await RunningStandIn.Start(new() { KnowEveryCard = true });

        Assert.Equal(HttpStatusCode.Unauthorized, (await standIn.Get(path, key)).Status);
    }

    [Fact]
    public async Task It_shows_the_member_who_holds_it()
    {
        await using var standIn = await RunningStandIn.Start();
        await standIn.PutMembers(new Member { Card = "1", CustomerId = "M-1", Email = "pat@shop.example", Name = "Pat", Status = "blocked" });

        var member = await standIn.GetJson("customers/1");

        Assert.Equal("""{"customerId":"M-1","email":"pat@shop.example","name":"Pat","status":"blocked"}""", member.GetRawText());
    }

    [Fact]
    public async Task It_answers_404_with_a_json_error_when_nobody_holds_it()
    {
        await using var standIn = await RunningStandIn.Start();

        var (status, body, _) = await standIn.Get("customers/1");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("not_found", JsonDocument.Parse(body).RootElement.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task It_lists_nobody_one_or_several_holders()
    {
        await using var standIn = await RunningStandIn.Start();
        await standIn.PutMembers(new() { Card = "1", CustomerId = "A" }, new() { Card = "2", CustomerId = "B" }, new() { Card = "2", CustomerId = "C" });

        Assert.Equal("", await Holders("0"));
        Assert.Equal("A", await Holders("1"));
        Assert.Equal("B C", await Holders("2"));
        // One customer cannot be shown where there are two, and none is guessed.
        Assert.Equal(HttpStatusCode.Conflict, (await standIn.Get("customers/2")).Status);

        async Task<string> Holders(string card) =>
            string.Join(' ', (await standIn.GetJson($"customers?card={card}")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("customerId").GetString()));
    }

    [Fact]
    public async Task It_knows_everybody_when_told_so_and_always_as_the_same_person()
    {
        await using var standIn = await RunningStandIn.Start(new() { KnowEveryCard = true });
        await standIn.PutMembers(new Member { Card = "2", Email = "put@shop.example" });

        var emails = new List<string?>();
        foreach (var path in new[] { "customers/1", "customers/1", "customers/a%2Fb%20c", "customers/2" })
            emails.Add((await standIn.GetJson(path)).GetProperty("email").GetString());

        Assert.Equal(["member-1@loyalty.example", "member-1@loyalty.example", "member-a-47b-32c@loyalty.example", "put@shop.example"], emails);
    }

    [Fact]
    public async Task It_keeps_the_web_shops_contacts_apart_from_the_members()
    {
        await using var standIn = await RunningStandIn.Start(new() { KnowEveryCard = true });
        await standIn.PutContacts(new Member { Card = "1", Email = "shop@shop.example" });

        Assert.Equal("shop@shop.example", (await standIn.GetJson("contacts/1", ContactsKey)).GetProperty("email").GetString());
        Assert.Equal("member-1@loyalty.example", (await standIn.GetJson("customers/1")).GetProperty("email").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await standIn.Get("contacts/2", ContactsKey)).Status);
    }

    [Fact]
    public async Task It_answers_below_the_prefix_it_was_mapped_at()
    {
        await using var standIn = await RunningStandIn.Start(new() { Prefix = "/loyalty", KnowEveryCard = true });

        Assert.Equal("/loyalty/", standIn.BaseAddress.AbsolutePath);
        await standIn.GetJson("customers/1");
        Assert.Equal(HttpStatusCode.NotFound, (await standIn.Get("/customers/1")).Status);
        Assert.Equal(1, (await standIn.Requests()).Count);
    }

    [Fact]
    public async Task It_replaces_the_holders_of_the_cards_that_are_put_and_no_others()
    {
        await using var standIn = await RunningStandIn.Start();
        await standIn.PutMembers(new() { Card = "1", CustomerId = "A" }, new() { Card = "2", CustomerId = "B" });

        await standIn.PutMembers(new Member { Card = "2", CustomerId = "C" });

        Assert.Equal("A", (await standIn.GetJson("customers/1")).GetProperty("customerId").GetString());
        Assert.Equal("C", (await standIn.GetJson("customers/2")).GetProperty("customerId").GetString());
    }
}
