using System.Net;
using System.Net.Http.Headers;

namespace ProfileStoreSender.SendingEvents;

/// <summary>Makes requests to destinations. Never throws for what the destination or the network does: that is an answer.</summary>
/// <param name="http">Follows no redirect: it would carry the key to another host.</param>
/// <param name="time">The clock of time-outs.</param>
internal sealed class EventRequests(HttpClient http, TimeProvider time)
{
    private const int LargestFetched = 1024 * 1024;

    private readonly AnswerReader _answers = new(time);

    /// <summary>POSTs JSON once.</summary>
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
            return await _answers.Read(response, events, either.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Only what has begun to leave can have arrived; a connection that was never made is not uncertain.
            return new() { Kind = AnswerKind.Unavailable, MayHaveArrived = content.HasBegunToLeave };
        }
    }

    /// <summary>GETs text once, for a question to a destination.</summary>
    public async Task<FetchedText> Fetch(Uri address, Action<HttpRequestHeaders> authenticate, TimeSpan within, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        authenticate(request.Headers);
        using var timeout = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await response.Content.LoadIntoBufferAsync(LargestFetched, either.Token);
            return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(either.Token));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(null, null);
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

/// <summary>An answer to a GET; both null where there was none.</summary>
internal sealed record FetchedText(int? StatusCode, string? Text);
