namespace CustomerResolution.LookingUpCustomers;

/// <summary>What a customer can be asked for by.</summary>
internal enum IdentifierKind
{
    /// <summary>The number of a loyalty card.</summary>
    LoyaltyCard = 0,

    /// <summary>The shop's own number of the customer.</summary>
    CustomerNumber = 1,

    /// <summary>A telephone number in E.164 form.</summary>
    Phone = 2,

    /// <summary>An e-mail address.</summary>
    Email = 3,
}
