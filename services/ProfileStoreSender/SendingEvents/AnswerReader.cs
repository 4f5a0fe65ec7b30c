using System.Net;
using System.Text;
using System.Text.Json;
using ServiceDefaults.PacingRequests;

namespace ProfileStoreSender.SendingEvents;

/// <summary>What an answer means. The table of all of them, as tests have seen it: docs/destination-answers.md.</summary>
/// <param name="time">For a Retry-After that names a time of day.</param>
internal sealed class AnswerReader(TimeProvider time)
{
    private const int KeptAnswer = 4 * 1024;
    private const int ReadAnswer = 64 * 1024;

    /// <summary>Reads the status, and the body as far as it comes: once there is a status, a body that breaks off changes nothing.</summary>
    public async Task<DestinationAnswer> Read(HttpResponseMessage response, int events, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var rate = RateLimitHeaders.Read(response.Headers, time.GetUtcNow());
        var body = await Start(response.Content, cancellationToken);
        var answer = new DestinationAnswer
        {
            Kind = KindOf(status),
            StatusCode = status,
            Text = response.IsSuccessStatusCode ? null : Kept(body),
            // The reset of a limit says when to go on only to whom it has just stopped.
            RetryAfter = response.StatusCode == HttpStatusCode.TooManyRequests ? rate.PauseAfterRefusal : rate.RetryAfter,
            Rate = rate,
            // A gateway that lost its own upstream's answer knows no more than we do; from 520 on they are those of big content networks and proxies.
            MayHaveArrived = status is 502 or 504 or 520 or 524 or 598 or 599,
        };
        if (response.IsSuccessStatusCode)
            answer = WithoutBlindTrust(answer, response.Content.Headers.ContentType?.MediaType, body, events);
        // 413 is said before anything is looked at. Any other refusal of several says neither which one is at fault nor, where nothing is documented, whether the others were stored.
        return answer.Kind == AnswerKind.Refused && events > 1 ? answer with { Kind = AnswerKind.RefusedTogether, MayHaveArrived = status != 413 } : answer;
    }

    private static AnswerKind KindOf(int status) => status switch
    {
        >= 200 and < 300 => AnswerKind.Accepted,
        401 or 403 => AnswerKind.KeyRefused,
        // 402 is between the account and the vendor.
        402 or 408 or 425 or 429 => AnswerKind.Unavailable,
        _ when DestinationAnswer.MeansWrongAddress(status) => AnswerKind.Unavailable,
        >= 400 and < 500 => AnswerKind.Refused,
        _ => AnswerKind.Unavailable,
    };

    private static DestinationAnswer WithoutBlindTrust(DestinationAnswer answer, string? mediaType, string? body, int events) =>
        // Whoever answers a POST of JSON with a page to look at is a web site, a proxy or a login, hardly the API. Should it be, the event has arrived.
        mediaType == "text/html" && body?.TrimStart().StartsWith('<') == true ? answer with { Kind = AnswerKind.Unavailable, IsWebPage = true, MayHaveArrived = true }
        // 207 says that not all went alike, in words that nobody documents: alone, each gets an answer of its own.
        : ReportsFaults(body) || answer.StatusCode == 207 && events > 1 ? answer with { Kind = AnswerKind.Refused, Text = Kept(body) }
        : answer;

    /// <summary>True when a body says what was wrong, as ODP does (<c>detail.invalids</c>) and many others (<c>errors</c>).</summary>
    private static bool ReportsFaults(string? body)
    {
        if (body?.TrimStart().StartsWith('{') != true)
            return false;
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            return HasAny(root, "errors") || HasAny(root, "invalids") || root.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.Object && HasAny(detail, "invalids");
        }
        catch (JsonException)
        {
            // Not JSON, or not all of it: the status stands.
            return false;
        }
    }

    private static bool HasAny(JsonElement element, string name) => element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0;

    // PostgreSQL's text cannot hold NUL.
    private static string? Kept(string? body) => body?[..Math.Min(body.Length, KeptAnswer)].Replace('\0', ' ');

    private static async Task<string?> Start(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength == 0)
            return null;
        var buffer = new byte[ReadAnswer];
        var count = 0;
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken);
            for (int read; count < buffer.Length && (read = await stream.ReadAsync(buffer.AsMemory(count), cancellationToken)) > 0;)
                count += read;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return $"{Encoding.UTF8.GetString(buffer, 0, count)} (the answer broke off)".TrimStart();
        }
        return count == 0 ? null : Encoding.UTF8.GetString(buffer, 0, count);
    }
}
