using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProfileStoreSender.Tests.SendingToWebhook;

/// <summary>What a receiver does, as docs/webhook.md shows it, and without a line of the sender's code.</summary>
internal static class WebhookVerification
{
    public static bool IsGenuine(string secret, string id, string timestamp, string signatures, byte[] body, DateTimeOffset now)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var sentAt) || Math.Abs(now.ToUnixTimeSeconds() - sentAt) > 300)
            return false;
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret["whsec_".Length..]));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        var expected = Encoding.ASCII.GetBytes($"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}");
        return signatures.Split(' ').Any(one => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), expected));
    }
}
