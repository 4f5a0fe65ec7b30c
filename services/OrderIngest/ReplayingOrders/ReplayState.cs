namespace OrderIngest.ReplayingOrders;

/// <summary>How a replay stands, as it is kept and shown.</summary>
internal static class ReplayState
{
    /// <summary>Orders are sent, or will be as soon as what its problem names is over.</summary>
    public const string Running = "running";

    /// <summary>Somebody has stopped it for a while.</summary>
    public const string Paused = "paused";

    /// <summary>Somebody has ended it.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Everything was sent.</summary>
    public const string Finished = "finished";

    /// <summary>It cannot go on before somebody does something; then it can be resumed.</summary>
    public const string Failed = "failed";
}
