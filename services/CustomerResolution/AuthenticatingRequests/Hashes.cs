using System.Security.Cryptography;

namespace CustomerResolution.AuthenticatingRequests;

/// <summary>The two hashes signatures are made with.</summary>
internal static class Hashes
{
    public static HashAlgorithmName Named(string? name) =>
        string.Equals(name, "SHA512", StringComparison.OrdinalIgnoreCase) ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;

    public static byte[] Keyed(HashAlgorithmName algorithm, byte[] key, byte[] text) =>
        algorithm == HashAlgorithmName.SHA512 ? HMACSHA512.HashData(key, text) : HMACSHA256.HashData(key, text);

    /// <summary>Lower-case hexadecimal.</summary>
    public static string Hex(HashAlgorithmName algorithm, byte[] text) =>
        Convert.ToHexStringLower(algorithm == HashAlgorithmName.SHA512 ? SHA512.HashData(text) : SHA256.HashData(text));
}
