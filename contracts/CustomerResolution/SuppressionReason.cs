using System.Text.Json.Serialization;

namespace Contracts.CustomerResolution;

/// <summary>Why an order is kept from a destination on purpose. Written in JSON as text; members are only ever appended.</summary>
[JsonConverter(typeof(UnknownWhenNewer<SuppressionReason>))]
public enum SuppressionReason
{
    /// <summary>Not stated, or a reason newer than the reader.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown = 0,

    /// <summary>Sending to the destination is switched off.</summary>
    [JsonStringEnumMemberName("switchedOff")]
    SwitchedOff = 1,

    /// <summary>The customer is blocked at the provider.</summary>
    [JsonStringEnumMemberName("blocked")]
    Blocked = 2,

    /// <summary>The customer has withdrawn consent.</summary>
    [JsonStringEnumMemberName("consentWithdrawn")]
    ConsentWithdrawn = 3,

    /// <summary>The person was erased; only an operator lifts this.</summary>
    [JsonStringEnumMemberName("erased")]
    Erased = 4,

    /// <summary>An operator put the person on the suppression list; only an operator lifts this.</summary>
    [JsonStringEnumMemberName("onSuppressionList")]
    OnSuppressionList = 5,
}
