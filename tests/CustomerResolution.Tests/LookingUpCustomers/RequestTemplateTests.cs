using System.Text.Json;
using CustomerResolution.LookingUpCustomers;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerResolution.Tests.LookingUpCustomers;

public sealed class RequestTemplateTests
{
    private static readonly Uri Base = new("http://loyalty.example/api/");

    [Theory]
    [InlineData("2900000000017", "http://loyalty.example/api/v1/members?loyaltyNumber=2900000000017")]
    [InlineData("a b&c=d/..#é+%41", "http://loyalty.example/api/v1/members?loyaltyNumber=a%20b%26c%3Dd%2F..%23%C3%A9%2B%2541")]
    [InlineData("{card}", "http://loyalty.example/api/v1/members?loyaltyNumber=%7Bcard%7D")]
    public void AddressAt_puts_the_encoded_value_into_the_template(string card, string expected) =>
        Assert.Equal(expected, Template("/v1/members?loyaltyNumber={card}").AddressAt(Base, Values(card))!.AbsoluteUri);

    [Theory]
    [InlineData("a/../../admin")]
    [InlineData("http://elsewhere.example/1")]
    [InlineData("..%2f..%2fadmin1")]
    [InlineData("1?x=y")]
    [InlineData("\ud800" + "1")]
    [InlineData("a\r\nHost: elsewhere")]
    [InlineData("\\..\\1")]
    public void AddressAt_stays_below_the_base_address(string card)
    {
        var address = Template("customers/{card}").AddressAt(Base, Values(card))!;
        Assert.StartsWith("http://loyalty.example/api/customers/", address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("", address.Query);
        Assert.Equal(4, address.Segments.Length);
    }

    [Theory]
    [InlineData("customers/{card}/points", "..", false)]
    [InlineData("customers/{card}", ".", false)]
    [InlineData("customers/.{card}", ".", false)]
    [InlineData("customers/{card}", "...", true)]
    [InlineData("customers?card={card}", "..", true)]
    [InlineData("customers/id:{card}", "..", true)]
    public void AddressAt_gives_no_address_to_a_value_that_would_name_another_resource(string path, string card, bool hasAddress) =>
        Assert.Equal(hasAddress, Template(path).AddressAt(Base, Values(card)) is not null);

    [Fact]
    public void AddressAt_keeps_braces_that_are_no_placeholder() =>
        Assert.Equal("http://loyalty.example/api/customers/%7Bmembership_id:17%7D", Template("customers/{membership_id:{card}}").AddressAt(Base, Values("17"))!.AbsoluteUri);

    [Fact]
    public async Task RequestAt_sends_whatever_a_value_holds_as_one_value_of_the_JSON_body()
    {
        var template = new RequestTemplate(new() { Method = "POST", Path = "search", Body = """{"query":{"card":"{card}","limit":2}}""" }, new Dictionary<string, string>());
        var texts = Gen.Elements("\"", "\\", "}", "{card}", "\n", "\u0000", "\ud83d\ude00", "é", "a", ",", "\u2028").ArrayOf().Select(string.Concat).ToArbitrary();

        Prop.ForAll(texts, card =>
        {
            using var request = template.RequestAt(template.AddressAt(Base, Values(card))!, Values(card));
            using var body = JsonDocument.Parse(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult());
            var query = body.RootElement.GetProperty("query");
            return query.EnumerateObject().Count() == 2 && query.GetProperty("card").GetString() == card && query.GetProperty("limit").GetInt32() == 2;
        }).QuickCheckThrowOnFailure();

        using var plain = template.RequestAt(new(Base, "search"), Values("17"));
        Assert.Equal(("POST", "application/json"), (plain.Method.Method, plain.Content!.Headers.ContentType!.ToString()));
        Assert.Equal("""{"query":{"card":"17","limit":2}}""", await plain.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task RequestAt_encodes_the_values_of_a_form()
    {
        var template = new RequestTemplate(
            new() { Method = "POST", Path = "search", Body = "card={card}&limit=2", ContentType = "application/x-www-form-urlencoded" }, new Dictionary<string, string>());

        using var request = template.RequestAt(new(Base, "search"), Values("a&limit=9 é+"));

        Assert.Equal("card=a%26limit%3D9%20%C3%A9%2B&limit=2", await request.Content!.ReadAsStringAsync());
        Assert.Equal("application/x-www-form-urlencoded", request.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public void RequestAt_cannot_be_made_to_begin_another_header()
    {
        var template = new RequestTemplate(new() { Path = "customer", Headers = new Dictionary<string, string> { ["X-Card"] = "no. {card}", ["Accept"] = "application/vnd.shop+json" } },
            new Dictionary<string, string> { ["X-App-Id"] = "app", ["x-card"] = "of every step" });

        using var request = template.RequestAt(new(Base, "customer"), Values("1\r\nX-Admin: yes\u00e9"));

        Assert.Equal(["no. 1%0D%0AX-Admin: yes%C3%A9"], request.Headers.GetValues("X-Card"));
        Assert.Equal(["app"], request.Headers.GetValues("X-App-Id"));
        Assert.Equal("application/vnd.shop+json", request.Headers.Accept.ToString());
        Assert.False(request.Headers.Contains("X-Admin"));
    }

    private static RequestTemplate Template(string path) => new(new() { Path = path }, new Dictionary<string, string>());

    private static Dictionary<string, string> Values(string card) => new() { ["card"] = card };
}
