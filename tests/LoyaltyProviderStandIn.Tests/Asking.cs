using System.Net;
using System.Text.Json;

namespace LoyaltyProviderStandIn.Tests;

/// <summary>Asks the stand-in as its users do.</summary>
internal static class Asking
{
    public static async Task<(HttpStatusCode Status, string Body, HttpResponseMessage Response)> Get(this RunningStandIn standIn, string path, string? key = "stand-in-loyalty-key")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(standIn.BaseAddress, path));
        if (key is not null)
            request.Headers.Add(LoyaltyProvider.ApiKeyHeader, key);
        var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    public static async Task<JsonElement> GetJson(this RunningStandIn standIn, string path, string? key = "stand-in-loyalty-key")
    {
        var (status, body, _) = await standIn.Get(path, key);
        Assert.Equal(HttpStatusCode.OK, status);
        return JsonDocument.Parse(body).RootElement;
    }
}
