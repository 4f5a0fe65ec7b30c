using System.Net.Http.Headers;
using Contracts.ProfileStoreSender;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.TrackingInProfileStore;

/// <summary>Optimizely Profile Store's tracking API: POST {BaseAddress}/api/v1.0/Track, or TrackBulk for several events.</summary>
internal sealed class ProfileStoreDestination : IDestination, ICanBeAsked
{
    public const string EpiSingle = "epi-single";
    public const string OcpHeader = "Ocp-Apim-Subscription-Key";

    /// <summary>Most events of one request, as documented.</summary>
    public const int MostEvents = 100;

    /// <summary>Largest event in bytes of UTF-8, as documented.</summary>
    public const int LargestEvent = 256 * 1024;

    private readonly EventRequests _requests;
    private readonly ProfileStoreOptions _options;
    private readonly TrackingEventBuilder _builder;
    private readonly TrackEventsQuery _query;
    private readonly Uri? _track, _trackBulk;

    public ProfileStoreDestination(EventRequests requests, ProfileStoreOptions options, TrackingEventBuilder builder)
    {
        (_requests, _options, _builder, _query) = (requests, options, builder, new(requests, options));
        if (options.BaseAddress is { } root)
            (_track, _trackBulk) = (new($"{root.AbsoluteUri.TrimEnd('/')}/api/v1.0/Track"), new($"{root.AbsoluteUri.TrimEnd('/')}/api/v1.0/TrackBulk"));
    }

    public static string Name => Destinations.ProfileStore;

    public static string Queue => Destinations.QueueOf(Name);

    public string KnownAs => Name;

    public DestinationOptions Options => _options;

    // No limit of a whole request is documented, only 100 events of 256 KB; a megabyte is far below what gateways take.
    public DestinationLimits Limits { get; } = new(MostEvents, LargestEvent, 1024 * 1024);

    public BuiltEvent Build(TrackingRequest request) => _builder.Build(
        request.OrderId, request.Order, request.Customer ?? throw new InvalidOperationException("the profile store takes no order without an address; nothing may bring it one"));

    public Task<DestinationAnswer> Send(IReadOnlyList<BuiltEvent> events, CancellationToken cancellationToken) => events is [var only]
        ? _requests.Post(_track!, only.Body, 1, Authenticate, _options.Timeout, cancellationToken)
        : _requests.Post(_trackBulk!, JsonArray.Of(events), events.Count, Authenticate, _options.Timeout, cancellationToken);

    public TimeSpan AskAfter => _options.AskAfter;

    public Task<QueryAnswer> Ask(string trackId, CancellationToken cancellationToken) => _query.Ask(trackId, cancellationToken);

    private void Authenticate(HttpRequestHeaders headers)
    {
        if (_options.AuthenticationScheme == EpiSingle)
            headers.Authorization = new(EpiSingle, _options.SubscriptionKey);
        else
            headers.Add(OcpHeader, _options.SubscriptionKey);
    }
}
