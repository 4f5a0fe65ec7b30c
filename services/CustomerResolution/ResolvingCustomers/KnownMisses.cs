namespace CustomerResolution.ResolvingCustomers;

/// <summary>What a remembered answer other than a customer is worth to the one who asks.</summary>
internal enum KnownMisses
{
    /// <summary>It is an answer until it expires.</summary>
    Count = 0,

    /// <summary>It is not: the provider is asked again.</summary>
    AskAgain = 1,
}
