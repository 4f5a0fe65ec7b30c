namespace CustomerResolution.ResolvingCustomers;

/// <summary>One way to find an order's customer; <c>Loyalty:IdentifyBy</c> puts them in order.</summary>
internal enum IdentificationStep
{
    /// <summary>The e-mail address on the order; nobody is asked.</summary>
    OrderEmail = 0,

    /// <summary>The loyalty provider, by card.</summary>
    LoyaltyProvider = 1,

    /// <summary>The web shop's contacts, by card.</summary>
    WebShopContacts = 2,

    /// <summary>The loyalty provider, by customer number.</summary>
    CustomerNumber = 3,

    /// <summary>The loyalty provider, by telephone number.</summary>
    Phone = 4,

    /// <summary>The loyalty provider, by the e-mail address on the order: for those who must be known, or be asked about consent, all the same.</summary>
    Email = 5,
}
