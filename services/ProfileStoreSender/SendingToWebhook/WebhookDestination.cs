using System.Globalization;
using Contracts.ProfileStoreSender;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.SendingToWebhook;

/// <summary>A signed webhook by the rules of Standard Webhooks: POST {BaseAddress}, one event per request.</summary>
internal sealed class WebhookDestination : IDestination
{
    private readonly EventRequests _requests;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<byte[]> _secrets;

    public WebhookDestination(EventRequests requests, WebhookOptions options, TimeProvider time)
    {
        (_requests, _options, _time) = (requests, options, time);
        _secrets = [.. options.Secrets.Select(WebhookSecret.Bytes)];
    }

    public static string Name => Destinations.Webhook;

    public static string Queue => Destinations.QueueOf(Name);

    public string KnownAs => Name;

    public DestinationOptions Options => _options;

    // The standard sets no limit and advises small bodies; what the other destinations take is what an order may have here.
    public DestinationLimits Limits { get; } = new(1, 256 * 1024, 256 * 1024);

    public BuiltEvent Build(TrackingRequest request) => WebhookEventBuilder.Build(
        request.OrderId, request.Order, request.Customer ?? throw new InvalidOperationException("a webhook takes no order without an address; nothing may bring it one"));

    public async Task<DestinationAnswer> Send(IReadOnlyList<BuiltEvent> events, CancellationToken cancellationToken)
    {
        var only = events.Single();
        // Of this attempt: a receiver refuses old ones, lest somebody repeat what was overheard.
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        var answer = await _requests.Post(_options.BaseAddress!, only.Body, 1, headers =>
        {
            headers.Add("webhook-id", only.TrackId);
            headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
            headers.Add("webhook-signature", WebhookSignature.Of(_secrets, only.TrackId, timestamp, only.Body));
        }, _options.Timeout, cancellationToken);
        return answer.StatusCode switch
        {
            // Whoever is gone wants nothing more, and the order is not at fault: nothing is sent but a probe, until somebody changes the settings.
            410 => answer with { Kind = AnswerKind.KeyRefused },
            // Nobody listens at this address, or not yet. That is no answer to the order either.
            404 or 405 => answer with { Kind = AnswerKind.Unavailable },
            _ => answer,
        };
    }
}
