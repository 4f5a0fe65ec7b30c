namespace LoyaltyProviderStandIn;

/// <summary>Section <c>StandIn</c>.</summary>
public sealed class StandInOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "StandIn";

    /// <summary>The key the loyalty routes ask for in <c>X-Api-Key</c>.</summary>
    public string ApiKey { get; init; } = "stand-in-loyalty-key";

    /// <summary>The key the web shop's contacts ask for; another one than the provider's, so that a mix-up shows.</summary>
    public string ContactsApiKey { get; init; } = "stand-in-contacts-key";

    /// <summary>Where the program maps its routes; empty = at the root.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>CSV file with the columns card, customer_id, email, name, status; a card on several lines has several holders.</summary>
    public string? Members { get; init; }

    /// <summary>True makes everybody a member: a card nobody put in has one holder whose data derive from the card.</summary>
    public bool KnowEveryCard { get; init; }
}
