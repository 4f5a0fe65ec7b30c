namespace FaultLab.OfferingOrders;

/// <summary>Offers sales in one of the ways.</summary>
internal interface IWayIn
{
    /// <summary>True once every sale of the offer is accepted, now or before; false when it must be offered again.</summary>
    Task<bool> Take(Offer offer, CancellationToken abort);

    /// <summary>How it went so far, in words.</summary>
    string Summary { get; }
}
