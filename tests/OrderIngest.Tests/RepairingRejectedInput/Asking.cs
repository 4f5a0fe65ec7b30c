using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace OrderIngest.Tests.RepairingRejectedInput;

/// <summary>What an operator asks on the command line.</summary>
internal static class Asking
{
    public static async Task<(HttpStatusCode Status, JsonElement Body)> Get(this RunningIngest ingest, string path, string? key = null)
    {
        var (status, text, _) = await ingest.GetText(path, key);
        return (status, JsonDocument.Parse(text).RootElement);
    }

    public static async Task<(HttpStatusCode Status, string Body, string? Type)> GetText(this RunningIngest ingest, string path, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
            request.Headers.Add("X-Api-Key", key);
        using var response = await ingest.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType);
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body)> Ask(this RunningIngest ingest, string path, object? body, string? key = null) =>
        await ingest.Ask(path, body is null ? null : JsonContent.Create(body), key);

    public static Task<(HttpStatusCode Status, JsonElement Body)> Ask(this RunningIngest ingest, string path, string body, string type, string? key = null) =>
        ingest.Ask(path, new StringContent(body, Encoding.UTF8, type), key);

    public static string? Text(this JsonElement body, string name) => body.GetProperty(name).GetString();

    public static long Number(this JsonElement body, string name) => body.GetProperty(name).GetInt64();

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Ask(this RunningIngest ingest, string path, HttpContent? content, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (key is not null)
            request.Headers.Add("X-Api-Key", key);
        using var response = await ingest.Http.SendAsync(request);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
