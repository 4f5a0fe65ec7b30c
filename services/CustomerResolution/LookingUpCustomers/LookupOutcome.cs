namespace CustomerResolution.LookingUpCustomers;

/// <summary>What a look-up came to.</summary>
internal enum LookupOutcome
{
    /// <summary>No usable answer.</summary>
    Unavailable = 0,

    /// <summary>One holder, with an e-mail address.</summary>
    Found = 1,

    /// <summary>Nobody is known by the identifier.</summary>
    NotFound = 2,

    /// <summary>One holder, whose e-mail address is missing or cannot be one.</summary>
    WithoutEmail = 3,

    /// <summary>Several holders.</summary>
    Ambiguous = 4,

    /// <summary>The holder must not be tracked.</summary>
    Blocked = 5,

    /// <summary>The holder has withdrawn consent and must not be tracked.</summary>
    ConsentWithdrawn = 6,
}
