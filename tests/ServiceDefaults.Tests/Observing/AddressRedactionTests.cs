using System.Diagnostics;
using ServiceDefaults.Observing;

namespace ServiceDefaults.Tests.Observing;

public sealed class AddressRedactionTests
{
    [Theory]
    [InlineData("http://loyalty.example:8080/customers/by-card/2900000000017?x=1", "http://loyalty.example:8080/...")]
    [InlineData("https://user:secret@loyalty.example/cards/2900000000017", "https://loyalty.example/...")]
    [InlineData("not an address with 2900000000017", null)]
    public void OnEnd_leaves_only_the_host_of_an_address(string full, string? left) => Assert.Equal(left, After("url.full", full, "url.full"));

    [Fact]
    public void OnEnd_puts_the_route_in_place_of_the_path() =>
        Assert.Equal("/contacts/{email}", After("url.path", "/contacts/pat@shop.example", "url.path", ("http.route", "/contacts/{email}")));

    [Fact]
    public void OnEnd_leaves_no_path_without_a_route() => Assert.Equal("...", After("url.path", "/contacts/pat@shop.example", "url.path"));

    [Fact]
    public void OnEnd_takes_the_query_away() => Assert.Null(After("url.query", "?q=pat@shop.example", "url.query"));

    [Fact]
    public void OnEnd_leaves_other_tags_alone() => Assert.Equal("GET", After("http.request.method", "GET", "http.request.method"));

    private static object? After(string tag, string value, string asked, params (string, string)[] others)
    {
        using var activity = new Activity("GET");
        activity.SetTag(tag, value);
        foreach (var (name, other) in others)
            activity.SetTag(name, other);
        using var redaction = new AddressRedaction();
        redaction.OnEnd(activity);
        return activity.GetTagItem(asked);
    }
}
