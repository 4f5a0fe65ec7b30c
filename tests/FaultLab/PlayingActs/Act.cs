using RunningSystem;

namespace FaultLab.PlayingActs;

/// <summary>
/// One promise, one fault, and every other guard that could heal the fault set far away: with all of them on, one heals what another missed, and a
/// broken guard stays unseen.
/// </summary>
/// <param name="Name">Short, for the command line and for mutants.</param>
/// <param name="Promise">What is promised, in a sentence.</param>
/// <param name="Settings">Far deadlines, and the guard under test.</param>
/// <param name="Play">Does the damage and takes it away again; the verdict comes after it.</param>
internal sealed record Act(string Name, string Promise, SystemSettings Settings, Func<Stage, Task> Play)
{
    /// <summary>True when it stops the broker, which every system of the lab shares.</summary>
    public bool StopsBroker { get; init; }

    /// <summary>Deadlines, reconciliation and declarations at intervals longer than any act.</summary>
    public static IReadOnlyList<(string Service, string Key, string Value)> FarAway { get; } =
    [
        ("OrderJourney", "Journey__ResolutionDeadline", "01:00:00"), ("OrderJourney", "Journey__TrackingDeadline", "01:00:00"), ("OrderJourney", "Journey__FirstRecheck", "01:00:00"),
        ("OrderJourney", "Journey__LongestOutageRecheck", "01:00:00"), ("OrderJourney", "Journey__SweepEvery", "00:00:00.5"),
        ("OrderIngest", "OrderIngest__AcknowledgeWithin", "01:00:00"), ("OrderIngest", "OrderIngest__ReconcileEvery", "01:00:00"),
        ("CustomerResolution", "Loyalty__Timeout", "00:00:30"), ("ProfileStoreSender", "ProfileStore__Timeout", "00:00:02"),
        ("", "Bus__RedeclareEvery", "01:00:00"),
    ];

    /// <summary>Far deadlines, but for these.</summary>
    public static SystemSettings AllFarBut(params (string Service, string Key, string Value)[] near) => new() { Extra = [.. FarAway, .. near] };
}
