using System.Text.Json.Nodes;
using OrderIngest.Tests.ReadingOrders;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.Tests.GuardingSources;

/// <summary>The service as it stands on the open net: keys are required, pos and web have one each.</summary>
internal static class GuardedIngest
{
    public const string PosKey = "key of pos, 5f0c1d", WebKey = "key of web, 99ab07";

    public static Task<RunningIngest> Start(string database, Dictionary<string, string?>? settings = null, Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder>? adjust = null)
    {
        var all = new Dictionary<string, string?>
        {
            ["OrderIngest:Sources:pos:ApiKeyHash"] = ApiKeys.Hash(PosKey),
            ["OrderIngest:Sources:web:ApiKeyHash"] = ApiKeys.Hash(WebKey),
        };
        foreach (var (key, value) in settings ?? [])
            all[key] = value;
        return RunningIngest.Start(database, all, environment: "Production", adjust: adjust);
    }

    public static string Order(string receipt, string store = "S012") => Submitted.Json(Submitted.Order(receipt) with { StoreId = store });

    /// <summary>Status, and the problem's code where it is one.</summary>
    public static async Task<(int Status, string? Code)> Says(this HttpResponseMessage response)
    {
        var (type, body) = (response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
        response.Dispose();
        if ((int)response.StatusCode >= 400)
            Assert.Equal("application/problem+json", type);
        return ((int)response.StatusCode, type == "application/problem+json" ? (string?)JsonNode.Parse(body)!["code"] : null);
    }

    public static async Task<HttpResponseMessage> Get(this RunningIngest ingest, string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
            request.Headers.Add("X-Api-Key", key);
        return await ingest.Http.SendAsync(request);
    }
}
