using System.Text.Json.Serialization;

namespace Contracts.OrderJourney;

/// <summary>How far a party is with an erasure. Written in JSON as text; members are only ever appended.</summary>
[JsonConverter(typeof(UnknownWhenNewer<ErasureState>))]
public enum ErasureState
{
    /// <summary>Not stated, or a state newer than the reader.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown = 0,

    /// <summary>Not done yet; tried again by itself.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting = 1,

    /// <summary>Everything that the round is about is erased there.</summary>
    [JsonStringEnumMemberName("done")]
    Done = 2,

    /// <summary>It cannot be done by this system: a person has to.</summary>
    [JsonStringEnumMemberName("byHand")]
    ByHand = 3,
}
