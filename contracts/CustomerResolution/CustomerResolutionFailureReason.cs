using System.Text.Json.Serialization;

namespace Contracts.CustomerResolution;

/// <summary>Why a customer was not found. Written in JSON as text; members are only ever appended.</summary>
[JsonConverter(typeof(UnknownWhenNewer<CustomerResolutionFailureReason>))]
public enum CustomerResolutionFailureReason
{
    /// <summary>Not stated, or a reason newer than the reader.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown = 0,

    /// <summary>The order carries nothing a customer could be found by; only a person can change that.</summary>
    [JsonStringEnumMemberName("noIdentifier")]
    NoIdentifier = 1,

    /// <summary>Nobody has that card yet; may heal when the card is registered.</summary>
    [JsonStringEnumMemberName("notFound")]
    NotFound = 2,

    /// <summary>Several customers hold the card; none is guessed.</summary>
    [JsonStringEnumMemberName("ambiguous")]
    Ambiguous = 3,

    /// <summary>The provider marks the customer as blocked; the order must not be tracked.</summary>
    [JsonStringEnumMemberName("blocked")]
    Blocked = 4,

    /// <summary>The provider gave no usable answer in time; heals by trying again.</summary>
    [JsonStringEnumMemberName("providerUnavailable")]
    ProviderUnavailable = 5,

    /// <summary>The customer has withdrawn consent; the order must not be tracked.</summary>
    [JsonStringEnumMemberName("consentWithdrawn")]
    ConsentWithdrawn = 6,
}
