using System.Net.Http.Headers;
using Contracts.ProfileStoreSender;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.SendingToOdp;

/// <summary>Optimizely Data Platform: POST {BaseAddress}/v3/events, always an array. Events there can never be changed, and there is no key that keeps one from counting twice.</summary>
internal sealed class OdpDestination : IDestination
{
    /// <summary>Most events of one request, as documented.</summary>
    public const int MostEvents = 500;

    /// <summary>Largest event in bytes of UTF-8.</summary>
    public const int LargestEvent = 256 * 1024;

    private readonly EventRequests _requests;
    private readonly OdpOptions _options;
    private readonly OdpEventBuilder _builder;
    private readonly Uri? _events;

    public OdpDestination(EventRequests requests, OdpOptions options, OdpEventBuilder builder)
    {
        (_requests, _options, _builder) = (requests, options, builder);
        if (options.BaseAddress is { } root)
            _events = new($"{root.AbsoluteUri.TrimEnd('/')}/v3/events");
    }

    public static string Name => Destinations.Odp;

    public static string Queue => Destinations.QueueOf(Name);

    public string KnownAs => Name;

    public DestinationOptions Options => _options;

    // Neither the size of an event nor that of a request is documented: what the profile store takes is far below what gateways do.
    public DestinationLimits Limits { get; } = new(MostEvents, LargestEvent, 1024 * 1024);

    public BuiltEvent Build(TrackingRequest request) => _builder.Build(request);

    public Task<DestinationAnswer> Send(IReadOnlyList<BuiltEvent> events, CancellationToken cancellationToken) =>
        _requests.Post(_events!, JsonArray.Of(events), events.Count, Authenticate, _options.Timeout, cancellationToken);

    private void Authenticate(HttpRequestHeaders headers) => headers.Add("x-api-key", _options.ApiKey);
}
