using System.Globalization;

namespace Quickstart.ReportingOutcome;

/// <summary>What became of the orders: the law of conservation in numbers.</summary>
/// <param name="Accepted">Orders in the journal.</param>
/// <param name="Tracked">Accepted by the profile store.</param>
/// <param name="Waiting">Their card is not known yet, or the provider is away.</param>
/// <param name="Unidentified">Nothing identifies a customer, or several could be meant.</param>
/// <param name="Suppressed">Must not be sent.</param>
/// <param name="Failed">Need attention.</param>
/// <param name="UnderWay">Still travelling.</param>
/// <param name="Delivered">Events in the profile store, each counted once.</param>
/// <param name="Doubled">Orders the profile store holds twice.</param>
/// <param name="RejectedRows">Rows that were not accepted.</param>
internal sealed record Outcome(
    long Accepted, long Tracked, long Waiting, long Unidentified, long Suppressed, long Failed, long UnderWay, long Delivered, long Doubled, long RejectedRows)
{
    /// <summary>Events in ODP, each counted once; null where it is no destination of this run.</summary>
    public long? AtOdp { get; init; }

    /// <summary>True when nothing is on its way any more.</summary>
    public bool IsSettled => UnderWay == 0 && Accepted == Settled;

    /// <summary>
    /// accepted = delivered + parked + suppressed + failed, and what counts as tracked is what the profile store holds, once. ODP may hold more: it takes the orders of
    /// cards that nobody is known by.
    /// </summary>
    public bool IsLawful => IsSettled && Tracked == Delivered && Doubled == 0 && !(AtOdp < Tracked);

    /// <summary>The law, as the last line of a run.</summary>
    public string Law => string.Create(
        CultureInfo.InvariantCulture,
        $"{Accepted} accepted {(Accepted == Settled ? "=" : "≠")} {Tracked} tracked + {Waiting} waiting + {Unidentified} unidentified + {Suppressed} suppressed + {Failed} failed");

    private long Settled => Tracked + Waiting + Unidentified + Suppressed + Failed;
}
