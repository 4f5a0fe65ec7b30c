namespace OrderIngest.ReplayingOrders;

/// <summary>The broker, as a replay sees it.</summary>
internal interface IReplaySender
{
    /// <summary>Why nothing can be sent to a queue at the moment, or null. A queue that is not there needs somebody, a broker that is away heals.</summary>
    Task<ReplayProblem?> Look(string queue, CancellationToken cancellationToken);

    /// <summary>Sends some orders to the replay's queue; null when the broker has confirmed every one. Throws nothing but that it was cancelled.</summary>
    Task<ReplayProblem?> Send(Replay replay, IReadOnlyList<string> bodies, CancellationToken cancellationToken);
}

/// <summary>Why a replay does not go on.</summary>
/// <param name="Says">In words.</param>
/// <param name="NeedsSomebody">True when trying again does not help.</param>
internal sealed record ReplayProblem(string Says, bool NeedsSomebody);
