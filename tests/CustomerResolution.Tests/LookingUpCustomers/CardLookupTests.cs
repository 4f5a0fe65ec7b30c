using System.Text.Json;
using Contracts.CustomerResolution;
using CustomerResolution.LookingUpCustomers;
using MessageExamples;

namespace CustomerResolution.Tests.LookingUpCustomers;

public sealed class CardLookupTests
{
    private static readonly CardLookup Nested = new(new()
    {
        Path = "/v1/members?loyaltyNumber={card}",
        HoldersPath = "$.members",
        EmailPath = "$.contact.emails[0].value",
        NamePath = "$.contact.name",
        ExternalIdPath = "$.id",
        StatusPath = "$.account.blocked",
        BlockedStatuses = ["true"],
    }, CustomerOrigin.LoyaltyProvider);

    private static readonly CardLookup Plain = new(LookupOptions.ByCard, CustomerOrigin.LoyaltyProvider);

    [Theory]
    [InlineData("2900000000017", "http://loyalty.example/api/v1/members?loyaltyNumber=2900000000017")]
    [InlineData("a b&c=d/..#é+%41", "http://loyalty.example/api/v1/members?loyaltyNumber=a%20b%26c%3Dd%2F..%23%C3%A9%2B%2541")]
    [InlineData("{card}", "http://loyalty.example/api/v1/members?loyaltyNumber=%7Bcard%7D")]
    public void AddressFor_puts_the_encoded_card_into_the_template(string card, string expected) =>
        Assert.Equal(expected, Nested.AddressFor(new("http://loyalty.example/api/"), card).AbsoluteUri);

    [Theory]
    [InlineData("a/../../admin")]
    [InlineData("http://elsewhere.example/1")]
    [InlineData("..%2f..%2fadmin1")]
    [InlineData("1?x=y")]
    [InlineData("\ud800" + "1")]
    public void AddressFor_stays_below_the_base_address(string card)
    {
        var address = Plain.AddressFor(new("http://loyalty.example/api/"), card);
        Assert.StartsWith("http://loyalty.example/api/customers/", address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("", address.Query);
        Assert.Equal(4, address.Segments.Length);
    }

    [Fact]
    public void Read_takes_the_parts_from_where_they_are()
    {
        var answer = Nested.Read(Json("""{"members":[{"id":17,"account":{"blocked":false},"contact":{"name":"Pat","emails":[{"value":"pat@shop.example"}]}}]}"""), An.Noon);

        Assert.Equal(new() { Email = "pat@shop.example", Name = "Pat", ExternalId = "17", Origin = CustomerOrigin.LoyaltyProvider, ConsentSeenAt = An.Noon }, answer.Customer);
    }

    [Theory]
    [InlineData("""{"members":[]}""", "NotFound")]
    [InlineData("""{"members":null}""", "NotFound")]
    [InlineData("""{"members":[{},{}]}""", "Ambiguous")]
    [InlineData("""{"members":[{"account":{"blocked":true}}]}""", "Blocked")]
    [InlineData("""{"members":[{"id":1}]}""", "WithoutEmail")]
    [InlineData("""{"members":[{"contact":{"emails":[{"value":"none"}]}}]}""", "WithoutEmail")]
    [InlineData("""{"members":{}}""", "Unavailable")]
    [InlineData("""{"members":["x"]}""", "Unavailable")]
    [InlineData("""{"results":[]}""", "Unavailable")]
    [InlineData("[]", "Unavailable")]
    public void Read_tells_the_outcomes_of_a_list_apart(string body, string expected) => Assert.Equal(expected, Nested.Read(Json(body), An.Noon).Outcome.ToString());

    [Theory]
    [InlineData("""{"email":"pat@shop.example"}""", "Found")]
    [InlineData("""{"email":"pat@shop.example","status":"Blocked"}""", "Blocked")]
    [InlineData("""{"status":"blocked"}""", "Blocked")]
    [InlineData("""{"email":null}""", "WithoutEmail")]
    [InlineData("\"pat@shop.example\"", "Unavailable")]
    [InlineData("null", "Unavailable")]
    public void Read_tells_the_outcomes_of_one_customer_apart(string body, string expected) => Assert.Equal(expected, Plain.Read(Json(body), An.Noon).Outcome.ToString());

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
