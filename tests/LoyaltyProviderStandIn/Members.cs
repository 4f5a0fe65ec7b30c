using System.Collections.Concurrent;
using CsvHelper;

namespace LoyaltyProviderStandIn;

/// <summary>Who holds which cards; at most <see cref="MaxCards"/> of them.</summary>
internal sealed class Members
{
    /// <summary>Cards held at most; more are refused, so that memory stays bounded.</summary>
    public const int MaxCards = 1_000_000;

    private readonly ConcurrentDictionary<string, IReadOnlyList<Member>> _byCard = new(StringComparer.Ordinal);

    /// <summary>How many cards have holders.</summary>
    public int Count => _byCard.Count;

    /// <summary>Everybody who was put in.</summary>
    public IEnumerable<Member> All => _byCard.Values.SelectMany(holders => holders);

    /// <summary>The holders of a card, in the order they were put in.</summary>
    public IReadOnlyList<Member> HoldersOf(string card) => _byCard.TryGetValue(card, out var holders) ? holders : [];

    /// <summary>Makes these the holders of their cards, in place of earlier ones; other cards keep theirs. False, and no change, when there would be too many.</summary>
    public bool TryPut(IEnumerable<Member> members)
    {
        var cards = members.GroupBy(member => member.Card, StringComparer.Ordinal).ToList();
        if (_byCard.Count + cards.Count(card => !_byCard.ContainsKey(card.Key)) > MaxCards)
            return false;
        foreach (var card in cards)
            _byCard[card.Key] = [.. card];
        return true;
    }

    /// <summary>Takes everybody out.</summary>
    public void Clear() => _byCard.Clear();

    /// <summary>Reads a file of members; a broken line ends the start with its number.</summary>
    public static IEnumerable<Member> FromCsv(TextReader text)
    {
        using var csv = CsvReader.Create(text, new CsvReaderOptions
        {
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        });
        csv.ReadHeader();
        if (!csv.TryGetFieldIndex("card", out _))
            throw new InvalidDataException("the members' file has no column card");
        while (csv.Read())
        {
            yield return new()
            {
                Card = Field("card") ?? throw new InvalidDataException($"line {csv.LineNumber} of the members' file has no card"),
                CustomerId = Field("customer_id"),
                Email = Field("email"),
                Name = Field("name"),
                Status = Field("status") ?? "active",
            };
        }

        string? Field(string name) =>
            csv.TryGetFieldIndex(name, out var index) && index < csv.FieldCount && csv.GetString(index) is { Length: > 0 } value ? value : null;
    }

    /// <summary>The member a card has where every card is known: the same card always gives the same person.</summary>
    public static Member DerivedFrom(string card)
    {
        // Letters and digits go into a mailbox name as they are; anything else is written as its number.
        var mailbox = string.Concat(card.Select(c => char.IsAsciiLetterOrDigit(c) ? $"{c}" : $"-{(int)c}")).ToLowerInvariant();
        return new() { Card = card, CustomerId = $"M-{mailbox}", Email = $"member-{mailbox}@loyalty.example", Name = $"Member {mailbox}" };
    }
}
