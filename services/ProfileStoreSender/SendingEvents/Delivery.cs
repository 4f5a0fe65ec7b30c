using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.SendingEvents;

/// <summary>One order on its way to one destination, over all its attempts.</summary>
internal sealed class Delivery(TrackingRequest request, BuiltEvent built, CancellationToken stopping)
{
    private bool _isPausing;

    public TrackingRequest Request { get; } = request;

    public BuiltEvent Built { get; } = built;

    public string CustomerKey { get; } = request.CustomerKey;

    public CancellationToken Stopping { get; } = stopping;

    /// <summary>True once it must not share a request.</summary>
    public bool Alone { get; set; }

    /// <summary>What the last attempt left in the ledger; null before the first.</summary>
    public LedgerEntry? Last { get; set; }

    /// <summary>It waits for its next attempt.</summary>
    public void BeginPause(DestinationGate gate)
    {
        gate.BeginsToPause();
        _isPausing = true;
    }

    /// <summary>Does nothing where it does not wait.</summary>
    public void EndPause(DestinationGate gate)
    {
        if (_isPausing)
            gate.EndsPause();
        _isPausing = false;
    }
}
