using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProfileStoreSender.SendingToWebhook;

/// <summary>The header <c>webhook-signature</c> of Standard Webhooks, version 1: HMAC-SHA256 over id, timestamp and body.</summary>
internal static class WebhookSignature
{
    /// <summary><c>v1,</c> and base64 for each secret, with blanks between them.</summary>
    /// <param name="secrets">Bytes of each secret.</param>
    /// <param name="id">The header <c>webhook-id</c>; without full stops, which separate what is signed.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>: seconds since 1970, UTC.</param>
    /// <param name="body">Exactly what is sent.</param>
    public static string Of(IReadOnlyList<byte[]> secrets, string id, long timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}"));
    }
}
