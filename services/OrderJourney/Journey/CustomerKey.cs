using System.Security.Cryptography;
using System.Text;

namespace OrderJourney.Journey;

/// <summary>Whose profile an order went to, as destinations say it.</summary>
internal static class CustomerKey
{
    /// <summary>SHA-256 of the trimmed, lower-cased e-mail address in UTF-8, as lower-case hexadecimal.</summary>
    public static string Of(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant())));
}
