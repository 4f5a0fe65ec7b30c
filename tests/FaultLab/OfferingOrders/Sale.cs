using RunningSystem;

namespace FaultLab.OfferingOrders;

/// <summary>Who is behind a sale, which decides where its order must end.</summary>
internal enum Buyer
{
    /// <summary>A card the loyalty provider knows.</summary>
    Member,

    /// <summary>A card that nobody knows.</summary>
    Stranger,

    /// <summary>A member who must not be tracked.</summary>
    Blocked,

    /// <summary>No identifier at all.</summary>
    Nobody,
}

/// <summary>Something sold, once; it may be offered often.</summary>
internal sealed record Sale(int Number, Buyer Buyer)
{
    /// <summary>Members, and blocked ones, that the loyalty provider has; sales share them.</summary>
    public const int Members = 1000, BlockedMembers = 50;

    public string Receipt => $"{Number}";

    private string? Card => Buyer switch
    {
        Buyer.Member => MembersCard(Number % Members),
        Buyer.Blocked => BlockedCard(Number % BlockedMembers),
        Buyer.Stranger => $"77{Number:0000000000}",
        _ => null,
    };

    public static string MembersCard(int member) => $"29{member:0000000000}";

    public static string BlockedCard(int member) => $"28{member:0000000000}";

    /// <summary>The states that are right at the end.</summary>
    public bool EndsIn(string state) => Buyer switch
    {
        // Visible and retryable: the law counts it, and so does the account.
        Buyer.Member => state is "Tracked" or "NeedsAttention",
        Buyer.Stranger => state is "AwaitingCustomer" or "Unidentified",
        Buyer.Blocked => state is "Suppressed",
        _ => state is "Unidentified",
    };

    /// <summary>As the ERP sends it.</summary>
    /// <param name="changed">The same receipt with other content.</param>
    public object Order(bool changed) => ErpOrder.Of(Receipt, Card, changed ? "SEK" : "EUR");
}
