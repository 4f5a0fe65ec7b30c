using System.ComponentModel.DataAnnotations;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.TrackingInProfileStore;

/// <summary>Section <c>ProfileStore</c>: the tracking API and what is sent to it.</summary>
public sealed class ProfileStoreOptions : DestinationOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "ProfileStore";

    /// <summary>Enabled, with up to 100 events per request, as documented.</summary>
    public ProfileStoreOptions()
        : base(Section, enabled: true, ProfileStoreDestination.MostEvents) { }

    /// <summary>The tracking key; not the key of the query API.</summary>
    public string? SubscriptionKey { get; init; }

    /// <summary>
    /// Where the query and administration API is, which is not the tracking API: for <c>segments</c>, for <see cref="WhenUnknown.Ask"/> and for erasures, where people are blacklisted by hand
    /// without it. None by default.
    /// </summary>
    public Uri? QueryBaseAddress { get; init; }

    /// <summary>The key of the query and administration API; not the tracking key.</summary>
    public string? QueryKey { get; init; }

    /// <summary><c>epi-single</c> (default; documented since 2018) or <c>Ocp-Apim-Subscription-Key</c> (2017).</summary>
    public string AuthenticationScheme { get; init; } = ProfileStoreDestination.EpiSingle;

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

    /// <summary>
    /// How long after a request may have arrived a "no" of the query API is believed: events are written some time after they were accepted. Default 5 min, 0 to 1 day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = "must lie between 0 and 1 day")]
    public TimeSpan AskAfter { get; init; } = TimeSpan.FromMinutes(5);

    internal override bool CanBeAsked => true;

    internal override string KeyAdvice =>
        $"check ProfileStore:SubscriptionKey (the tracking key, not the query key) and ProfileStore:AuthenticationScheme ({AuthenticationScheme})";

    /// <inheritdoc />
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in base.Validate(validationContext).Concat(FaultsOfKey(SubscriptionKey, nameof(SubscriptionKey))))
            yield return fault;
        if (QueryBaseAddress is { } query && !(query.IsAbsoluteUri && query.Scheme is "http" or "https"))
            yield return new("is not an absolute http or https address", [nameof(QueryBaseAddress)]);
        if (QueryKey?.Any(c => c is < ' ' or > '~') == true)
            yield return new("holds characters that no header can carry", [nameof(QueryKey)]);
        if (AuthenticationScheme is not (ProfileStoreDestination.EpiSingle or ProfileStoreDestination.OcpHeader))
            yield return new($"is neither {ProfileStoreDestination.EpiSingle} nor {ProfileStoreDestination.OcpHeader}", [nameof(AuthenticationScheme)]);
        if (Enabled && WhenUnknown == WhenUnknown.Ask)
        {
            if (string.IsNullOrWhiteSpace(QueryKey))
                yield return new("is missing although ProfileStore:WhenUnknown is Ask", [nameof(QueryKey)]);
            if (QueryBaseAddress is null)
                yield return new("is missing although ProfileStore:WhenUnknown is Ask", [nameof(QueryBaseAddress)]);
        }
        if (DeviceId == DeviceIdKind.Constant && string.IsNullOrWhiteSpace(ConstantDeviceId))
            yield return new("is missing although ProfileStore:DeviceId is Constant", [nameof(ConstantDeviceId)]);
        if (ValueSentence.Fault(ValueTemplate) is { } valueFault)
            yield return new(valueFault, [nameof(ValueTemplate)]);
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
