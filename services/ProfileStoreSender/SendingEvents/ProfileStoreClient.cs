using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ProfileStoreSender.SendingEvents;

/// <summary>POST {BaseAddress}/api/v1.0/Track, or TrackBulk for several events. Never throws for what the destination or the network does: that is an answer.</summary>
internal sealed class ProfileStoreClient
{
    public const string EpiSingle = "epi-single";
    public const string OcpHeader = "Ocp-Apim-Subscription-Key";

    /// <summary>Largest event the API takes, in bytes of UTF-8.</summary>
    public const int LargestEvent = 256 * 1024;

    private const int KeptAnswer = 4 * 1024;

    private readonly HttpClient _http;
    private readonly ProfileStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly Uri? _track, _trackBulk;

    public ProfileStoreClient(HttpClient http, ProfileStoreOptions options, TimeProvider time)
    {
        (_http, _options, _time) = (http, options, time);
        if (options.BaseAddress is { } root)
            (_track, _trackBulk) = (new($"{root.AbsoluteUri.TrimEnd('/')}/api/v1.0/Track"), new($"{root.AbsoluteUri.TrimEnd('/')}/api/v1.0/TrackBulk"));
        http.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
    }

    /// <summary>Sends one event once.</summary>
    public Task<ProfileStoreAnswer> Send(byte[] body, CancellationToken cancellationToken) => Post(_track, body, cancellationToken);

    /// <summary>Sends several events in one request. A refusal says neither which one is at fault nor, by the documentation, whether the others were stored.</summary>
    public async Task<ProfileStoreAnswer> SendTogether(IReadOnlyList<byte[]> bodies, CancellationToken cancellationToken)
    {
        using var together = new MemoryStream(bodies.Sum(body => body.Length + 1) + 1);
        for (var i = 0; i < bodies.Count; i++)
        {
            together.WriteByte(i == 0 ? (byte)'[' : (byte)',');
            together.Write(bodies[i]);
        }
        together.WriteByte((byte)']');
        var answer = await Post(_trackBulk, together.ToArray(), cancellationToken);
        return answer.Kind == AnswerKind.Refused ? answer with { Kind = AnswerKind.RefusedTogether, MayHaveArrived = true } : answer;
    }

    private async Task<ProfileStoreAnswer> Post(Uri? address, byte[] body, CancellationToken cancellationToken)
    {
        using var content = new WatchedContent(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        if (_options.AuthenticationScheme == EpiSingle)
            request.Headers.Authorization = new(EpiSingle, _options.SubscriptionKey);
        else
            request.Headers.Add(OcpHeader, _options.SubscriptionKey);

        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await Read(response, either.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Only what has begun to leave can have arrived; a connection that was never made is not uncertain.
            return new() { Kind = AnswerKind.Unavailable, MayHaveArrived = content.HasBegunToLeave };
        }
    }

    private async Task<ProfileStoreAnswer> Read(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
            // The status has settled it; the body is read by nobody.
            return new() { Kind = AnswerKind.Accepted, StatusCode = status };
        return new()
        {
            Kind = KindOf(status),
            StatusCode = status,
            Text = await FirstPart(response, cancellationToken),
            RetryAfter = RetryAfter(response.Headers.RetryAfter),
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

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wish = header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);
        return wish < TimeSpan.Zero ? TimeSpan.Zero : wish;
    }

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
