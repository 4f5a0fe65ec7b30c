namespace OrderIngest.ReceivingOrders;

/// <summary>Codes of problems with an order that was let in; those of the door are in <see cref="GuardingSources.Refusals"/>.</summary>
internal static class OrderProblems
{
    /// <summary>400: it has faults, each listed under <c>faults</c>; kept with the rejected input.</summary>
    public const string OrderInvalid = "order-invalid";

    /// <summary>400: the header row of a flat file cannot be understood, each fault listed; nothing was kept.</summary>
    public const string HeaderNotUnderstood = "header-not-understood";

    /// <summary>400: the packed bytes of a batch are damaged or cut off; what was read before is kept, <c>taken</c> says how much.</summary>
    public const string BodyDamaged = "body-damaged";

    /// <summary>409: the sale was accepted before with other content; this one is kept with the rejected input.</summary>
    public const string ChangedAfterAcceptance = "changed-after-acceptance";

    /// <summary>413: larger than <c>OrderIngest:MaxOrderBytes</c>; nothing was kept.</summary>
    public const string OrderTooLarge = "order-too-large";

    /// <summary>413: longer than <c>OrderIngest:MaxBatchBytes</c>, unpacked; what was read before is kept, <c>taken</c> says how much.</summary>
    public const string BatchTooLarge = "batch-too-large";
}
