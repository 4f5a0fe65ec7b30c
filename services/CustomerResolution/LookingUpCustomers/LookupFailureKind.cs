namespace CustomerResolution.LookingUpCustomers;

/// <summary>Kinds of unusable answers.</summary>
internal enum LookupFailureKind
{
    /// <summary>A status that is neither success, nor 404, nor any of those below.</summary>
    UnexpectedStatus = 0,

    /// <summary>No answer within <c>Loyalty:Timeout</c>, or 408.</summary>
    TimedOut = 1,

    /// <summary>No connection, or one that broke.</summary>
    NotReachable = 2,

    /// <summary>5xx.</summary>
    ServerError = 3,

    /// <summary>429.</summary>
    TooManyRequests = 4,

    /// <summary>401 or 403.</summary>
    KeyRefused = 5,

    /// <summary>A success whose body is not JSON, too large, or not shaped as the configuration says.</summary>
    Malformed = 6,

    /// <summary>The circuit is open, the pause after a refused key is not over, or its turn did not come in time.</summary>
    NotAsked = 7,
}
