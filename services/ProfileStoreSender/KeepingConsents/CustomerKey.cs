using System.Security.Cryptography;
using System.Text;

namespace ProfileStoreSender.KeepingConsents;

/// <summary>What a customer is kept under where the address itself is not wanted.</summary>
internal static class CustomerKey
{
    /// <summary>SHA-256 of the trimmed, lower-cased e-mail address in UTF-8, as lower-case hexadecimal.</summary>
    public static string Of(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant())));
}
