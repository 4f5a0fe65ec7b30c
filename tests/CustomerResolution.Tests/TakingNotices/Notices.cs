using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerResolution.Tests.TakingNotices;

/// <summary>What tests of both routes send and read.</summary>
internal static class Notices
{
    public static Task<HttpResponseMessage> CardRegistered(this RunningService service, string? card, string? email = null) =>
        service.Http.PostAsJsonAsync("loyalty-cards/registered", new { card, email });

    public static Task<HttpResponseMessage> ConsentChanged(this RunningService service, object body) => service.Http.PostAsJsonAsync("customers/consents", body);

    /// <summary>The problem's detail; everything else about it is asserted here.</summary>
    public static async Task<string> Problem(this HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal((status, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        using var problem = JsonDocument.Parse(text);
        Assert.NotEmpty(problem.RootElement.GetProperty("code").GetString()!);
        return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString()! : "";
    }
}
