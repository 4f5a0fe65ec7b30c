using System.ComponentModel.DataAnnotations;
using ProfileStoreSender.BuildingTrackingEvents;

namespace ProfileStoreSender.SendingEvents;

/// <summary>Section <c>ProfileStore</c>: the tracking API and what is sent to it.</summary>
public sealed class ProfileStoreOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "ProfileStore";

    /// <summary>False keeps every order as suppressed and sends nothing; address and key are not needed then. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Where the tracking API is, for example <c>https://track-emea01.profilestore.episerver.net</c>; handed out by the vendor.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>The tracking key; not the key of the query API.</summary>
    public string? SubscriptionKey { get; init; }

    /// <summary><c>epi-single</c> (default; documented since 2018) or <c>Ocp-Apim-Subscription-Key</c> (2017).</summary>
    public string AuthenticationScheme { get; init; } = ProfileStoreClient.EpiSingle;

    /// <summary>Scope of the events; must equal what the web site sends. Never changed. Default <c>default</c>.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "is empty")]
    public string Scope { get; init; } = "default";

    /// <summary>Event type of a sale. Default <c>StorePurchase</c>.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "is empty")]
    public string EventType { get; init; } = "StorePurchase";

    /// <summary>Event type of a return. Default <c>StoreReturn</c>.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "is empty")]
    public string ReturnEventType { get; init; } = "StoreReturn";

    /// <summary>How a customer's device id is made. Default <see cref="DeviceIdKind.EmailHash"/>.</summary>
    public DeviceIdKind DeviceId { get; init; }

    /// <summary>The one device id of everybody, with <see cref="DeviceIdKind.Constant"/>.</summary>
    public string? ConstantDeviceId { get; init; }

    /// <summary>The sentence on the timeline for a sale; placeholders {count}, {items}, {total}, {currency}, {store}, {orderNo}, {date}.</summary>
    public string ValueTemplate { get; init; } = "Bought {items} for {total} {currency} in store {store}";

    /// <summary>The sentence on the timeline for a return; same placeholders.</summary>
    public string ReturnValueTemplate { get; init; } = "Returned {items} for {total} {currency} in store {store}";

    /// <summary>Most events of one request (TrackBulk); 1 sends each alone. Default 100, the documented limit.</summary>
    [Range(1, 100, ErrorMessage = "must lie between 1 and 100 events")]
    public int BatchSize { get; init; } = 100;

    /// <summary>Most events, and so at most as many requests, per second of one process; 0 (default) is unlimited.</summary>
    [Range(0, 10_000, ErrorMessage = "must lie between 0 (unlimited) and 10,000 requests per second")]
    public double RequestsPerSecond { get; init; }

    /// <summary>How long one request may take. Default 10 s, 0.1 s to 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:02:00", ErrorMessage = "must lie between 0.1 seconds and 2 minutes")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long an order is held and tried again while the destination is unavailable, before it is reported so and the journey asks later.
    /// Default 2 min, 1 s to 20 min: RabbitMQ takes a message away after 30 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:20:00", ErrorMessage = "must lie between 1 second and 20 minutes")]
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>While the key is refused: how often one order tries whether it is accepted again. Default 30 s, 0.1 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ErrorMessage = "must lie between 0.1 seconds and 10 minutes")]
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Enabled && BaseAddress is null)
            yield return new("is missing; set the address of the tracking API, or ProfileStore:Enabled=false", [nameof(BaseAddress)]);
        if (BaseAddress is { } address && !(address.IsAbsoluteUri && address.Scheme is "http" or "https"))
            yield return new("is not an absolute http or https address", [nameof(BaseAddress)]);
        if (Enabled && string.IsNullOrWhiteSpace(SubscriptionKey))
            yield return new("is missing; set the tracking key, or ProfileStore:Enabled=false", [nameof(SubscriptionKey)]);
        if (SubscriptionKey?.Any(c => c is < ' ' or > '~') == true)
            yield return new("holds characters that no header can carry", [nameof(SubscriptionKey)]);
        if (AuthenticationScheme is not (ProfileStoreClient.EpiSingle or ProfileStoreClient.OcpHeader))
            yield return new($"is neither {ProfileStoreClient.EpiSingle} nor {ProfileStoreClient.OcpHeader}", [nameof(AuthenticationScheme)]);
        if (DeviceId == DeviceIdKind.Constant && string.IsNullOrWhiteSpace(ConstantDeviceId))
            yield return new("is missing although ProfileStore:DeviceId is Constant", [nameof(ConstantDeviceId)]);
        if (ValueSentence.Fault(ValueTemplate) is { } fault)
            yield return new(fault, [nameof(ValueTemplate)]);
        if (ValueSentence.Fault(ReturnValueTemplate) is { } returnFault)
            yield return new(returnFault, [nameof(ReturnValueTemplate)]);
    }
}

/// <summary>How a customer's device id is made: match what the web site does, so that both meet in one profile.</summary>
public enum DeviceIdKind
{
    /// <summary>SHA-256 of the trimmed, lower-cased e-mail address in UTF-8, as lower-case hexadecimal.</summary>
    EmailHash = 0,

    /// <summary>The trimmed, lower-cased e-mail address.</summary>
    Email = 1,

    /// <summary>One id for everybody. Segments by event then pick everybody or nobody: only for a web site that does so too.</summary>
    Constant = 2,

    /// <summary>SHA-256 of the e-mail address untouched, in UTF-8, as lower-case hexadecimal: what the published multi-user add-on for web sites makes.</summary>
    EmailHashAsIs = 3,
}
