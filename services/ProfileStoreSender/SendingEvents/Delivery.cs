using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.SendingEvents;

/// <summary>One order on its way to one destination, over all its attempts.</summary>
internal sealed class Delivery(TrackingRequest request, BuiltEvent built, CancellationToken stopping)
{
    public TrackingRequest Request { get; } = request;

    public BuiltEvent Built { get; } = built;

    public string CustomerKey { get; } = Contracts.CustomerResolution.CustomerKey.Of(request.Customer.Email);

    public CancellationToken Stopping { get; } = stopping;

    /// <summary>True once it must not share a request.</summary>
    public bool Alone { get; set; }

    /// <summary>What the last attempt left in the ledger; null before the first.</summary>
    public LedgerEntry? Last { get; set; }
}
