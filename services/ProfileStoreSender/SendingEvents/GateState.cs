namespace ProfileStoreSender.SendingEvents;

/// <summary>Whether a destination takes events at the moment.</summary>
internal enum GateState
{
    /// <summary>It does, or has not been asked yet.</summary>
    Accepting = 0,

    /// <summary>It answers again after it was away, and has not shown yet that it stays.</summary>
    Returning = 1,

    /// <summary>It gives no usable answer: one event alone tries from time to time.</summary>
    Away = 2,

    /// <summary>It refuses the key: likewise.</summary>
    KeyRefused = 3,
}
