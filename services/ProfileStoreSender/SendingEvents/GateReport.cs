using ServiceDefaults.PacingRequests;

namespace ProfileStoreSender.SendingEvents;

/// <summary>How a destination is doing, for health, metrics and the ledger.</summary>
/// <param name="State">Whether it takes events.</param>
/// <param name="Since">Since when it does not, or fails; null while all is well. UTC.</param>
/// <param name="Problem">What is wrong, in words, never a part of an answer; null while all is well.</param>
/// <param name="KeyStatus">With which status the key is refused; null while it is not.</param>
/// <param name="Pace">How fast it may be sent to.</param>
/// <param name="Waiting">Orders that wait here for a request.</param>
/// <param name="Pausing">Orders that wait here for their next attempt.</param>
/// <param name="Postponed">Orders that came since and were left to the journey; asked for again, they do not count again.</param>
/// <param name="NextAt">When those who wait look again whether a request may leave, UTC; in the past when nothing but a request under way is waited for.</param>
internal sealed record GateReport(GateState State, DateTimeOffset? Since, string? Problem, int? KeyStatus, PaceReport Pace, int Waiting, int Pausing, long Postponed, DateTimeOffset NextAt)
{
    /// <summary>Orders that are held here.</summary>
    public int Held => Waiting + Pausing;

    /// <summary>True while requests may leave, slowly perhaps.</summary>
    public bool IsOpen => State is GateState.Accepting or GateState.Returning && Pace.Pause <= TimeSpan.Zero;

    /// <summary>What holds orders back, in words, or null.</summary>
    public string? Words(DateTimeOffset now) => this switch
    {
        { KeyStatus: { } status } => $"the key is refused with {status} since {Since:u}",
        { Problem: { } problem } => $"the destination fails ({problem}) since {Since:u}",
        _ => Pace.Words(now) is { } words ? $"the destination is {words}" : null,
    };
}
