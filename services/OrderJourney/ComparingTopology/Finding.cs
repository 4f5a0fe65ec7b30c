namespace OrderJourney.ComparingTopology;

/// <summary>Something about the broker that is not as declared.</summary>
/// <param name="Kind">Which sort it is.</param>
/// <param name="Entity">The queue, topic or subscription (<c>topic -> queue</c>).</param>
/// <param name="Says">What is the matter, and what follows from it.</param>
internal sealed record Finding(FindingKind Kind, string Entity, string Says)
{
    /// <summary>Whether the broker is other than declared, so that a pipeline should stop.</summary>
    public bool IsProblem => Kind < FindingKind.PutAside;

    /// <summary>Whether somebody has to see it.</summary>
    public bool IsShown => Kind <= FindingKind.PutAside;
}

/// <summary>Sorts of findings.</summary>
internal enum FindingKind
{
    /// <summary>Declared and required, and not there: events are swallowed, or their senders held up.</summary>
    Missing,

    /// <summary>There and not declared, and filled or fed without anybody reading.</summary>
    Orphaned,

    /// <summary>A queue is missing, and one that hears the same topics is there under another name.</summary>
    Renamed,

    /// <summary>A declared queue that nobody receives from.</summary>
    NoConsumers,

    /// <summary>There, with other properties.</summary>
    Different,

    /// <summary>Messages that were put aside: the topology is in order, and somebody has to look at them.</summary>
    PutAside,

    /// <summary>Declared, not required, and not there: that service is not part of this installation.</summary>
    NotInstalled,

    /// <summary>Worth knowing, and in order.</summary>
    Note,
}
