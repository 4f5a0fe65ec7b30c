using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProfileStoreSender.KeepingConsents;

/// <summary>What a customer is kept under where the address itself is not wanted.</summary>
internal static class CustomerKey
{
    private static readonly IdnMapping Domains = new();

    /// <summary>SHA-256 of the trimmed, lower-cased e-mail address with its domain in ASCII, in UTF-8, as lower-case hexadecimal.</summary>
    public static string Of(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WithAsciiDomain(email.Trim().ToLowerInvariant()))));

    // Messages of earlier versions have internationalised domains as they were typed.
    private static string WithAsciiDomain(string address)
    {
        var domain = address.LastIndexOf('@') + 1;
        if (domain == 0 || address.AsSpan(domain).IndexOfAnyExceptInRange('\0', '\x7f') < 0)
            return address;
        try
        {
            return address[..domain] + Domains.GetAscii(address[domain..]).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // Its only way to say that this is no domain: such an address is a key as it stands.
            return address;
        }
    }
}
