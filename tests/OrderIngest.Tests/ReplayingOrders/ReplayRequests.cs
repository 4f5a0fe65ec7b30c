using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrderIngest.ReplayingOrders;
using OrderIngest.Tests.ReadingOrders;
using RealServers;

namespace OrderIngest.Tests.ReplayingOrders;

/// <summary>What an operator does by HTTP.</summary>
internal static class ReplayRequests
{
    /// <summary>Posts so many orders and waits until they were published.</summary>
    public static async Task Accept(this RunningIngest ingest, int orders)
    {
        for (var i = 1; i <= orders; i++)
        {
            using var response = await ingest.Post(Submitted.Json(Submitted.Order() with { ReceiptNumber = $"R{i}" }));
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        }
        await Eventually.Becomes(async () => (await ingest.Journal.Count(default)).Unpublished, unpublished => unpublished == 0, what: "Unpublished orders");
    }

    public static async Task<(HttpStatusCode Status, JsonObject Body)> Ask(this RunningIngest ingest, HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("X-Api-Key", key);
        using var response = await ingest.Http.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    public static Task<(HttpStatusCode Status, JsonObject Body)> Replay(this RunningIngest ingest, object body, string? key = null) => ingest.Ask(HttpMethod.Post, "/replays", body, key);

    /// <summary>A dry run, and the same confirmed.</summary>
    public static async Task<JsonObject> Replayed(this RunningIngest ingest, JsonObject request)
    {
        var (status, preview) = await ingest.Replay(request);
        Assert.Equal(HttpStatusCode.OK, status);
        (status, var begun) = await ingest.Replay(Confirmed(request, preview));
        Assert.Equal(HttpStatusCode.Accepted, status);
        return begun;
    }

    public static JsonObject Confirmed(JsonObject request, JsonObject preview)
    {
        var confirmed = request.DeepClone().AsObject();
        (confirmed["dryRun"], confirmed["confirm"]) = (false, preview["confirm"]?.DeepClone());
        return confirmed;
    }

    public static Task<JsonObject> Ended(this RunningIngest ingest, JsonObject replay, string state = ReplayState.Finished) => Eventually.Becomes(
        async () => (await ingest.Ask(HttpMethod.Get, $"/replays/{replay["id"]}")).Body, now => (string?)now["state"] == state, what: "The replay");
}
