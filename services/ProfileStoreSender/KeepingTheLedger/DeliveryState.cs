namespace ProfileStoreSender.KeepingTheLedger;

/// <summary>What the ledger knows of one order at one destination. Stored as lower-case text.</summary>
internal enum DeliveryState
{
    /// <summary>Claimed; the event may be on its way right now. Once its claim is over, the process has died: that reads as <see cref="Unknown"/>.</summary>
    Sending,

    /// <summary>The destination has it. Final: no other state ever replaces it.</summary>
    Accepted,

    /// <summary>The destination refused it, or it cannot be sent at all.</summary>
    Refused,

    /// <summary>Not sent on purpose.</summary>
    Suppressed,

    /// <summary>The destination does not have it as far as anybody knows: the last attempt was turned away, or nothing could be sent.</summary>
    Unavailable,

    /// <summary>The request left and its reply was lost: the destination may have it.</summary>
    Unknown,
}
