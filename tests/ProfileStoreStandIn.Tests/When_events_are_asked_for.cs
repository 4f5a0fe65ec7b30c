using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ProfileStoreStandIn.Tests;

public sealed class When_events_are_asked_for
{
    private const string Event = """{"deviceId":"d","eventType":"StorePurchase","value":"v","trackId":"t-1","user":{"email":"a@b.example"},"payload":{"storeId":"S1"}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_found_by_id_in_the_documented_shape()
    {
        await using var store = await RunningStandIn.Start(new() { Key = "k", QueryKey = "q" });
        await Post(store);
        await Post(store, Event.Replace("t-1", "t-2", StringComparison.Ordinal));

        var answer = await Ask(store, "TrackId eq t-1");

        Assert.Equal((1, 1), (answer.GetProperty("total").GetInt32(), answer.GetProperty("count").GetInt32()));
        var item = answer.GetProperty("items")[0];
        Assert.Equal(("t-1", "StorePurchase", "a@b.example", "S1"), (item.GetProperty("TrackId").GetString(), item.GetProperty("EventType").GetString(),
            item.GetProperty("User").GetProperty("Email").GetString(), item.GetProperty("Payload").GetProperty("storeId").GetString()));
        Assert.Equal(0, (await Ask(store, "TrackId eq t-3")).GetProperty("total").GetInt32());
        Assert.Equal(2, (await store.Summary()).Queries);
    }

    [Fact]
    public async Task They_show_up_late()
    {
        await using var store = await RunningStandIn.Start(new() { VisibleAfter = TimeSpan.FromHours(1) });
        await Post(store);

        Assert.Equal(0, (await Ask(store, "TrackId eq t-1")).GetProperty("total").GetInt32());
        await store.ShowAfter(TimeSpan.Zero);
        Assert.Equal(1, (await Ask(store, "TrackId eq t-1")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task The_tracking_key_is_refused_and_an_unknown_filter_is_not_ignored()
    {
        await using var store = await RunningStandIn.Start(new() { Key = "k", QueryKey = "q" });

        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(store, "TrackId eq t-1", "k")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Get(store, "EventType eq order", "q")).StatusCode);
        await store.MisbehaveWhenAsked(new() { Status = 503 });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Get(store, "TrackId eq t-1", "q")).StatusCode);
        await store.BehaveWhenAsked();
        Assert.Equal(HttpStatusCode.OK, (await Get(store, "TrackId eq t-1", "q")).StatusCode);
    }

    private static async Task Post(RunningStandIn store, string tracked = Event)
    {
        using var http = new HttpClient { BaseAddress = store.Address };
        http.DefaultRequestHeaders.Add("Authorization", "epi-single k");
        using var answer = await http.PostAsync("api/v1.0/Track", new StringContent(tracked, Encoding.UTF8, "application/json"), Stop);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static async Task<JsonElement> Ask(RunningStandIn store, string filter) => await (await Get(store, filter, "q")).Content.ReadFromJsonAsync<JsonElement>(Stop);

    private static async Task<HttpResponseMessage> Get(RunningStandIn store, string filter, string key)
    {
        using var http = new HttpClient { BaseAddress = store.Address };
        http.DefaultRequestHeaders.Add("Authorization", $"epi-single {key}");
        return await http.GetAsync($"api/v2.0/TrackEvents?$filter={Uri.EscapeDataString(filter)}", Stop);
    }
}
