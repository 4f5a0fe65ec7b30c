namespace ProfileStoreStandIn;

/// <summary>Section <c>StandIn</c>: which of the documented rules this stand-in enforces, and how much it keeps.</summary>
public sealed record StandInOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "StandIn";

    /// <summary>The tracking key that is accepted; empty accepts every key. A request without any key is always refused.</summary>
    public string? Key { get; init; }

    /// <summary>The key of the query and administration API, another than <see cref="Key"/>; empty accepts every key. A request without any key is always refused.</summary>
    public string? QueryKey { get; init; }

    /// <summary>How long the query API does not show an event that was stored. Default 0; the real service takes its time.</summary>
    public TimeSpan VisibleAfter { get; init; }

    /// <summary>Ids of segments that somebody made in the user interface, which the API cannot change.</summary>
    public IReadOnlyList<string> SegmentsOfUi { get; init; } = [];

    /// <summary>Scopes that exist besides the built-in <c>default</c>. The real service invents unknown ones in silence; here a typo shows.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>True takes any scope, as the real service may do (its documentation and its own samples disagree).</summary>
    public bool AnyScope { get; init; }

    /// <summary>How many of the newest events are kept whole; of older ones only how often each trackId was stored.</summary>
    public int KeepEvents { get; init; } = 20_000;
}
