using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Contracts.CustomerResolution;

/// <summary>
/// What a customer is known by where the address itself is not wanted, and what <c>OrderTracked</c> says. Part of the messages' meaning: whoever compares keys has to
/// make them alike. A pseudonym and no secret: who has the address can compute it.
/// </summary>
public static class CustomerKey
{
    private const string Card = "card:";

    private static readonly IdnMapping Domains = new();

    /// <summary>SHA-256 of the address in its <see cref="Normal"/> form, in UTF-8, as lower-case hexadecimal.</summary>
    public static string Of(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Normal(email))));

    /// <summary>What an order is known to belong to where nobody is known by its card: never equal to the key of an address.</summary>
    /// <param name="cardKey">Key of the card, as messages bring it.</param>
    public static string OfCard(string cardKey) => Card + cardKey;

    /// <summary>True for what <see cref="OfCard"/> gives.</summary>
    public static bool IsOfCard(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith(Card, StringComparison.Ordinal);
    }

    /// <summary>The address as in <see cref="Customer.Email"/>: trimmed, in lower case, its domain in ASCII. Messages of earlier versions have it as it was typed.</summary>
    public static string Normal(string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        var address = email.Trim().ToLowerInvariant();
        var domain = address.LastIndexOf('@') + 1;
        if (domain == 0 || address.AsSpan(domain).IndexOfAnyExceptInRange('\0', '\x7f') < 0)
            return address;
        try
        {
            return address[..domain] + Domains.GetAscii(address[domain..]).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // Its only way to say that this is no domain: such an address stays as it is.
            return address;
        }
    }
}
