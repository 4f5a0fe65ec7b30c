using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ServiceDefaults.PacingRequests;

namespace ProfileStoreSender.SendingEvents;

/// <summary>Makes requests to destinations. Never throws for what the destination or the network does: that is an answer.</summary>
/// <param name="http">Follows no redirect: it would carry the key to another host.</param>
/// <param name="time">The clock of time-outs.</param>
internal sealed class EventRequests(HttpClient http, TimeProvider time)
{
    private const int KeptAnswer = 4 * 1024;

    /// <summary>POSTs JSON once. A refusal of several events says neither which one is at fault nor, where nothing is documented, whether the others were stored.</summary>
    public async Task<DestinationAnswer> Post(
        Uri address, byte[] body, int events, Action<HttpRequestHeaders> authenticate, TimeSpan within, CancellationToken cancellationToken)
    {
        using var content = new WatchedContent(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        authenticate(request.Headers);
        using var timeout = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var answer = await Read(response, either.Token);
            return answer.Kind == AnswerKind.Refused && events > 1 ? answer with { Kind = AnswerKind.RefusedTogether, MayHaveArrived = true } : answer;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Only what has begun to leave can have arrived; a connection that was never made is not uncertain.
            return new() { Kind = AnswerKind.Unavailable, MayHaveArrived = content.HasBegunToLeave };
        }
    }

    private async Task<DestinationAnswer> Read(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var rate = RateLimitHeaders.Read(response.Headers, time.GetUtcNow());
        if (response.IsSuccessStatusCode)
            // The status has settled it; the body is read by nobody.
            return new() { Kind = AnswerKind.Accepted, StatusCode = status, Rate = rate };
        return new()
        {
            Kind = KindOf(status),
            StatusCode = status,
            Text = await FirstPart(response, cancellationToken),
            // The reset of a limit says when to go on only to whom it has just stopped.
            RetryAfter = response.StatusCode == HttpStatusCode.TooManyRequests ? rate.PauseAfterRefusal : rate.RetryAfter,
            Rate = rate,
            // A gateway that lost its own upstream's answer knows no more than we do.
            MayHaveArrived = response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout,
        };
    }

    private static AnswerKind KindOf(int status) => status switch
    {
        401 or 403 => AnswerKind.KeyRefused,
        408 or 429 => AnswerKind.Unavailable,
        >= 400 and < 500 => AnswerKind.Refused,
        // 5xx; and 3xx, which is a wrong address in our settings and no fault of the order.
        _ => AnswerKind.Unavailable,
    };

    private static async Task<string?> FirstPart(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[KeptAnswer];
            var count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            // PostgreSQL's text cannot hold NUL.
            return count == 0 ? null : Encoding.UTF8.GetString(buffer, 0, count).Replace('\0', ' ');
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The status came whole and decides; half an answer text is no reason to ask again.
            return "(the answer broke off)";
        }
    }

    /// <summary>Knows whether the first byte has gone: the line between "not sent" and "may have arrived".</summary>
    private sealed class WatchedContent : ByteArrayContent
    {
        public WatchedContent(byte[] body)
            : base(body) => Headers.ContentType = new("application/json") { CharSet = "utf-8" };

        public bool HasBegunToLeave { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            HasBegunToLeave = true;
            return base.SerializeToStreamAsync(stream, context, cancellationToken);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            HasBegunToLeave = true;
            return base.SerializeToStreamAsync(stream, context);
        }
    }
}
