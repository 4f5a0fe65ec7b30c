namespace ProfileStoreSender.SendingToWebhook;

/// <summary>A secret as Standard Webhooks writes it: <c>whsec_</c> and base64.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int FewestBytes = 24, MostBytes = 64;

    /// <summary>What is wrong with it, in words that do not repeat it, or null.</summary>
    public static string? Fault(string? secret) =>
        secret is null || !secret.StartsWith(Prefix, StringComparison.Ordinal) ? $"does not begin with {Prefix}"
        : Decoded(secret) is not { } bytes ? $"is not base64 behind {Prefix}"
        : bytes.Length is < FewestBytes or > MostBytes ? $"has {bytes.Length} bytes; {FewestBytes} to {MostBytes} are allowed"
        : null;

    /// <summary>The bytes that sign.</summary>
    /// <exception cref="ArgumentException">It is none; the text does not repeat it.</exception>
    public static byte[] Bytes(string secret) => Fault(secret) is { } wrong ? throw new ArgumentException($"The secret {wrong}", nameof(secret)) : Decoded(secret)!;

    private static byte[]? Decoded(string secret)
    {
        var text = secret.AsSpan(Prefix.Length);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64Chars(text, bytes, out var count) ? bytes[..count] : null;
    }
}
