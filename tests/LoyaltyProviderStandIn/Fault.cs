using System.Text.Json.Serialization;
using LoyaltyProviderStandIn.Dialects;

namespace LoyaltyProviderStandIn;

/// <summary>How requests are to go wrong. Parts combine: a delay and a status, a delay and a dropped connection.</summary>
public sealed record Fault
{
    /// <summary>Answered instead of the truth, 100 to 599.</summary>
    public int? Status { get; init; }

    /// <summary>Waited before anything is answered, for example <c>00:00:02</c>; at most an hour.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Seconds in the header <c>Retry-After</c> of the answer.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>True answers 200 with a body that breaks off in the middle of its JSON.</summary>
    public bool Malformed { get; init; }

    /// <summary>True closes the connection without an answer.</summary>
    public bool Drop { get; init; }

    /// <summary>Which routes: <c>customers</c>, <c>contacts</c> or the name of a dialect; absent = all.</summary>
    public string? On { get; init; }

    /// <summary>For how many requests; absent = until it is cleared.</summary>
    public int? Times { get; init; }

    /// <summary>What is wrong with this description, or null.</summary>
    [JsonIgnore]
    internal string? Problem =>
        Status is < 100 or > 599 ? "status must be 100 to 599"
        : Delay is { } delay && (delay < TimeSpan.Zero || delay > TimeSpan.FromHours(1)) ? "delay must be 00:00:00 to 01:00:00"
        : RetryAfter is < 0 ? "retryAfter must be 0 or more, in seconds"
        : Times is < 1 ? "times must be 1 or more"
        : On is not (null or "customers" or "contacts") && !Dialect.Names.Contains(On) ? "on must be customers, contacts or the name of a dialect"
        : null;
}
