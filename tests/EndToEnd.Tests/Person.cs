using System.Security.Cryptography;
using System.Text;
using Contracts.OrderIngest;
using LoyaltyProviderStandIn;

namespace EndToEnd.Tests;

/// <summary>Somebody who does not exist, with everything a shop may know; nothing of it can be met by chance.</summary>
internal sealed record Person(int Number)
{
    public string Name => $"Gabriela Wennerqvist-{Number:D2}";

    /// <summary>With a character that addresses, JSON and forms each write in another way.</summary>
    public string Email => $"gabriela+kvitto{Number:D2}@wennerqvist.example";

    public string Card => $"47110815{Number:D5}";

    public string Phone => $"+4670174{Number:D4}";

    public string CustomerNumber => $"KUND-90210-{Number:D2}";

    public CustomerHint HasCard => new() { LoyaltyCard = Card };

    public CustomerHint SaysEmail => new() { Email = Email };

    public CustomerHint SaysEverything => new() { LoyaltyCard = Card, CustomerNumber = CustomerNumber, Email = Email, Phone = Phone };

    /// <summary>As the loyalty provider knows them under one of their numbers.</summary>
    public Member MemberBy(string number) => new() { Card = number, CustomerId = CustomerNumber, Email = Email, Name = Name };

    /// <summary>Key of a customer in tables that hold no address.</summary>
    public static string HashOf(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email.ToLowerInvariant())));

    /// <summary>Key of a card, as messages carry it.</summary>
    public static string CardKeyOf(string card) => HashOf($"card:{card}");
}
