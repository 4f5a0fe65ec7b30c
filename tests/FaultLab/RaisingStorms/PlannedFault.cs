namespace FaultLab.RaisingStorms;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL, and a restart.</summary>
    KillService,

    /// <summary>SIGSTOP for longer than time-outs, then SIGCONT.</summary>
    PauseService,

    /// <summary>RabbitMQ stopped in order and started.</summary>
    StopBroker,

    /// <summary>RabbitMQ killed and started.</summary>
    KillBroker,

    /// <summary>PostgreSQL ended by the signal in the target and started.</summary>
    StopDatabase,

    /// <summary>All connections to the broker closed.</summary>
    CloseConnections,

    /// <summary>All sessions of the database terminated.</summary>
    EndSessions,

    /// <summary>The profile store misbehaves.</summary>
    ProfileStore,

    /// <summary>The loyalty provider misbehaves.</summary>
    LoyaltyProvider,

    /// <summary>Messages published again, twice, newest first.</summary>
    CopyMessages,

    /// <summary>A queue deleted with what is in it.</summary>
    DeleteQueue,

    /// <summary>A subscription's binding deleted.</summary>
    DeleteBinding,

    /// <summary>The journal's file system filled to the last byte, and freed.</summary>
    FillJournal,
}

/// <param name="At">After the storm's start.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Target">Whom it hits, or how; empty where there is no choice.</param>
/// <param name="For">How long it lasts.</param>
internal sealed record PlannedFault(TimeSpan At, FaultKind Kind, string Target, TimeSpan For)
{
    /// <summary>Faults of one victim wait for each other, all others may overlap.</summary>
    public string Victim => Kind switch
    {
        FaultKind.KillService or FaultKind.PauseService => Target,
        FaultKind.StopDatabase or FaultKind.EndSessions or FaultKind.FillJournal => "PostgreSQL",
        FaultKind.ProfileStore or FaultKind.LoyaltyProvider => Kind.ToString(),
        _ => "RabbitMQ",
    };

    /// <inheritdoc />
    public override string ToString() => $"{At.TotalSeconds,6:0.0} s  {Kind,-16} {Target,-36} for {For.TotalSeconds:0.0} s";
}
