using System.Net.Http.Json;
using static ProfileStoreSender.Tests.ApplyingSegments.SegmentsTrial;

namespace ProfileStoreSender.Tests.ApplyingSegments;

public sealed class When_segments_are_applied
{
    [Theory]
    [InlineData("epi-single")]
    [InlineData("Ocp-Apim-Subscription-Key")]
    public async Task They_are_created_once_and_never_again(string scheme)
    {
        await using var store = await Start();

        var first = await Run(store, ["apply"], ("AuthenticationScheme", scheme));
        var second = await Run(store, ["apply"], ("AuthenticationScheme", scheme));

        Assert.Equal((0, 0), (first.Exit, second.Exit));
        Assert.Equal("filter definition 'viewed-online-bought-in-store': created\nsegment 'Viewed online, bought in store': created\n", first.Output);
        Assert.Equal("filter definition 'viewed-online-bought-in-store': unchanged\nsegment 'Viewed online, bought in store': unchanged\n", second.Output);
        Assert.Equal(2, await store.SegmentWrites());
        var segment = Assert.Single(await Items(store, "Segments"));
        var definition = Assert.Single(await Items(store, "FilterDefinitions"), one => (string?)one["Name"] == "viewed-online-bought-in-store");
        Assert.Equal(((string?)definition["FilterDefinitionId"], "webshop"), ((string?)segment["Filters"]![0]!["FilterDefinitionId"], (string?)segment["Scope"]));
        Assert.Contains("{{days}} * 1d", (string?)definition["Query"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_is_otherwise_is_replaced()
    {
        await using var store = await Start();
        await Run(store, ["apply"]);

        var changed = await RunWith("""{"days":7}""", store, "apply");

        Assert.Equal(0, changed.Exit);
        Assert.Equal("filter definition 'viewed-online-bought-in-store': unchanged\nsegment 'Viewed online, bought in store': replaced\n", changed.Output);
        var segment = Assert.Single(await Items(store, "Segments"));
        Assert.Equal((7, "StorePurchase"), ((int)Value(segment, "days")!, (string?)Value(segment, "storeEvent")));
    }

    [Fact]
    public async Task Each_scope_gets_its_segment_and_all_share_the_definition()
    {
        await using var store = await Start();

        await Run(store, ["apply"]);
        var other = await Run(store, ["apply", "--scope", "outlet"], ("EventType", "OutletPurchase"));

        Assert.Equal(0, other.Exit);
        Assert.Equal(["outlet", "webshop"], (await Items(store, "Segments")).Select(one => (string?)one["Scope"]).Order());
        Assert.Single(await Items(store, "FilterDefinitions"), one => one["Shared"] is null);
        Assert.Equal("OutletPurchase", (string?)Value((await Items(store, "Segments")).Single(one => (string?)one["Scope"] == "outlet"), "storeEvent"));
    }

    [Fact]
    public async Task They_are_shown_with_what_differs_and_nothing_is_written()
    {
        await using var store = await Start();

        var before = await Run(store, ["show"]);
        Assert.Equal((2, 0), (before.Exit, await store.SegmentWrites()));
        Assert.Contains("segment 'Viewed online, bought in store': is not there", before.Output, StringComparison.Ordinal);
        Assert.Contains("\"Scope\": \"webshop\"", before.Output, StringComparison.Ordinal);

        await Run(store, ["apply"]);
        var same = await Run(store, ["show"]);
        Assert.Equal(0, same.Exit);
        Assert.Contains("segment 'Viewed online, bought in store': is there as it should be", same.Output, StringComparison.Ordinal);

        var differs = await RunWith("""{"minimumViews":3}""", store, "show");
        Assert.Equal((2, 2), (differs.Exit, await store.SegmentWrites()));
        Assert.Contains("segment 'Viewed online, bought in store': differs in Filters[0].Parameters[minimumViews].Value", differs.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_shown_without_a_service_to_ask()
    {
        var shown = await Run(null, ["show"]);

        Assert.Equal(0, shown.Exit);
        Assert.Contains("segment 'Viewed online, bought in store': not compared", shown.Output, StringComparison.Ordinal);
        Assert.Contains("ProfileStore:QueryBaseAddress is not set", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_definition_on_a_later_page_is_found()
    {
        await using var store = await Start();
        using var http = Http(store);
        for (var i = 0; i < 150; i++)
            (await http.PostAsJsonAsync("api/v2.0/FilterDefinitions", new { Name = $"other-{i}", Type = "Events", Query = "Events | take 1" }, Stop)).EnsureSuccessStatusCode();

        await Run(store, ["apply"]);
        var again = await Run(store, ["apply"]);

        Assert.Equal((0, 152), (again.Exit, await store.SegmentWrites()));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
