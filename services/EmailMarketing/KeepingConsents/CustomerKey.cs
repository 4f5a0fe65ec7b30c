using System.Security.Cryptography;
using System.Text;
using EmailMarketing.RememberingPurchases;

namespace EmailMarketing.KeepingConsents;

/// <summary>What consents and links are kept under.</summary>
internal static class CustomerKey
{
    /// <summary>SHA-256 of a contact's address in UTF-8, as lower-case hexadecimal; the same however the address was typed.</summary>
    public static string Of(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(LastPurchase.Key(email))));
}
