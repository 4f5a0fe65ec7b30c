namespace ProfileStoreSender.KeepingTheLedger;

/// <summary>What the ledger knows of one order at one destination. Stored as lower-case text.</summary>
internal enum DeliveryState
{
    /// <summary>Claimed; the event may be on its way right now, or its process died.</summary>
    Sending,

    /// <summary>The destination has it. Final: no other state ever replaces it.</summary>
    Accepted,

    /// <summary>The destination refused it, or it cannot be sent at all.</summary>
    Refused,

    /// <summary>Not sent on purpose.</summary>
    Suppressed,

    /// <summary>The last attempt got no usable answer.</summary>
    Unavailable,
}
