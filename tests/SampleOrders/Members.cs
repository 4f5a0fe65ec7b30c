using System.Globalization;

namespace SampleOrders;

/// <summary>One record of the loyalty provider.</summary>
internal sealed record Member(string Card, string CustomerId, string Email, string Name, string Status);

/// <summary>
/// The loyalty programme's members. Everything about a member follows from the index, so that a million of them take no memory. Some are
/// blocked, some cards are held by two people.
/// </summary>
internal sealed class Members(int orders, int stores, ulong seed)
{
    private static readonly string[] FirstNames =
    [
        "Anna", "Ben", "Clara", "David", "Emma", "Finn", "Greta", "Hugo", "Ida", "Jonas", "Karin", "Lars", "Maja", "Nils", "Olivia", "Paul", "Rosa", "Simon",
        "Tilda", "Ulf", "Vera", "William", "Yara", "Zoe",
    ];

    private static readonly string[] LastNames =
    [
        "Andersson", "Baker", "Carter", "Dubois", "Eriksen", "Fischer", "Gruber", "Hansen", "Ivarsson", "Jansen", "Keller", "Larsen", "Meier", "Nyman", "Olsen",
        "Peeters", "Quist", "Ritter", "Smith", "Taylor", "Urban", "Vogel", "Walker", "Ziegler",
    ];

    private static readonly string[] Domains = ["post.example", "mail.example", "inbox.example", "letters.example"];

    /// <summary>Cards from this number on were never registered.</summary>
    private const int FirstUnknown = 900_000_000;

    /// <summary>How many cards are known, the same number per store.</summary>
    public int Cards { get; } = Math.Clamp(orders * 3 / 10, stores * 5, 200_000) / stores * stores;

    /// <summary>A known customer of a store: mostly a regular, sometimes somebody from elsewhere.</summary>
    public int CustomerOf(int store, Dice dice)
    {
        var perStore = Cards / stores;
        // Squaring makes regulars: the first of a store's members come most often.
        var share = dice.Share();
        var home = dice.Chance(0.92) ? store : dice.Below(stores);
        return ((int)(share * share * perStore) * stores) + home;
    }

    public bool IsBlocked(int member) => Dice.Mix(seed + (ulong)member) % 83 == 11;

    public bool IsAmbiguous(int member) => !IsBlocked(member) && Dice.Mix(seed + (ulong)member) % 79 == 7;

    public Member this[int member] => Record(member, 0, IsBlocked(member) ? "blocked" : "active");

    /// <summary>A card that no member has: sold at the till, never registered.</summary>
    public static string UnknownCard(int number) => Card(FirstUnknown + number);

    /// <summary>Every record, in the provider's order; an ambiguous card comes twice.</summary>
    public IEnumerable<Member> Records()
    {
        for (var member = 0; member < Cards; member++)
        {
            yield return this[member];
            if (IsAmbiguous(member))
                yield return Record(member, 1, "active");
        }
    }

    /// <summary>What a buyer means for the look-up.</summary>
    public void CountBuyer(SampleBuyer buyer, SampleContents contents)
    {
        if (buyer.Email.Length > 0)
            contents.WithEmail++;
        else if (buyer.Card.Length == 0)
            contents.WithoutIdentifier++;
        else if (Number(buyer.Card) >= FirstUnknown)
            contents.UnknownCards++;
        else if (IsBlocked(Number(buyer.Card)))
            contents.BlockedCards++;
        else if (IsAmbiguous(Number(buyer.Card)))
            contents.AmbiguousCards++;
        else
            contents.KnownCards++;
        contents.Identified = contents.WithEmail + contents.KnownCards;
    }

    public static string Email(string first, string last, int number, string domain) => $"{first}.{last}{number}@{domain}".ToLowerInvariant();

    private Member Record(int member, int holder, string status)
    {
        var mixed = Dice.Mix(seed + (ulong)member + ((ulong)holder * 0x5DEECE66D));
        var first = FirstNames[mixed % (ulong)FirstNames.Length];
        var last = LastNames[(mixed >> 8) % (ulong)LastNames.Length];
        var email = Email(first, last, member + 1, Domains[(mixed >> 16) % (ulong)Domains.Length]);
        // Providers keep addresses as they were typed; some are typed with capitals.
        if ((mixed >> 20) % 23 == 0)
            email = $"{char.ToUpperInvariant(email[0])}{email[1..]}";
        return new(Card(member), $"C{(member * 2) + holder + 100_000}", email, $"{first} {last}", status);
    }

    /// <summary>EAN-13 with the prefix for cards of a retailer's own.</summary>
    private static string Card(int number)
    {
        var digits = $"29{number:0000000000}";
        return $"{digits}{Catalogue.CheckDigit(digits)}";
    }

    private static int Number(string card) => int.Parse(card.AsSpan(2, 10), NumberStyles.None, CultureInfo.InvariantCulture);
}
