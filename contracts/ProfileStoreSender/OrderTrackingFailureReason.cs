using System.Text.Json.Serialization;

namespace Contracts.ProfileStoreSender;

/// <summary>Why a destination has no event of an order. Written in JSON as text; members are only ever appended.</summary>
[JsonConverter(typeof(UnknownWhenNewer<OrderTrackingFailureReason>))]
public enum OrderTrackingFailureReason
{
    /// <summary>Not stated, or a reason newer than the reader.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown = 0,

    /// <summary>The destination refused the event for good (a 4xx that trying again cannot change).</summary>
    [JsonStringEnumMemberName("refused")]
    Refused = 1,

    /// <summary>Sending to the destination is switched off, or the customer must not be tracked: kept, not sent.</summary>
    [JsonStringEnumMemberName("suppressed")]
    Suppressed = 2,

    /// <summary>The destination gave no usable answer for as long as a message may be held (time-out, 429, 5xx, key refused); heals by trying again.</summary>
    [JsonStringEnumMemberName("unavailable")]
    Unavailable = 3,

    /// <summary>
    /// The request left and its reply was lost, so the destination may have the event; heals like <see cref="Unavailable"/>: by asking again, which the sender's
    /// ledger makes safe.
    /// </summary>
    [JsonStringEnumMemberName("replyLost")]
    ReplyLost = 4,
}
