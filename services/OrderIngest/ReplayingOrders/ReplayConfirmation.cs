using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OrderIngest.ReplayingOrders;

/// <summary>
/// What a dry run gives to confirm with: where the journal ended, how many orders matched, when it was made, and a digest of who gets which of them. So what is confirmed
/// is what was counted, whatever has come since; nothing has to be kept for that; and the same confirmation again is the same replay.
/// </summary>
/// <param name="Until">Last entry of the journal that belongs to it.</param>
/// <param name="Matched">How many orders.</param>
/// <param name="MadeAt">Unix milliseconds.</param>
internal sealed record ReplayConfirmation(long Until, long Matched, long MadeAt)
{
    private const int DigestLength = 16;

    /// <summary>Reads it back; null where it was not made for this target and filter.</summary>
    public static ReplayConfirmation? Read(string text, ReplayTarget target, ReplayFilter filter)
    {
        var parts = text.Split('.');
        return parts is [var until, var matched, var madeAt, _] && TryNumber(until, out var last) && TryNumber(matched, out var orders) && TryNumber(madeAt, out var at)
            && new ReplayConfirmation(last, orders, at) is var read && read.Text(target, filter) == text ? read : null;
    }

    /// <summary>As it is given out.</summary>
    public string Text(ReplayTarget target, ReplayFilter filter) => string.Create(
        CultureInfo.InvariantCulture, $"{Until}.{Matched}.{MadeAt}.{Convert.ToHexStringLower(Digest(target, filter))[..DigestLength]}");

    /// <summary>Id of the replay that is started with it: the same however often it is sent.</summary>
    public Guid ReplayId(ReplayTarget target, ReplayFilter filter)
    {
        var id = Digest(target, filter)[..16];
        // RFC 9562: version 8, made in a way of one's own.
        id[6] = (byte)(id[6] & 0x0F | 0x80);
        id[8] = (byte)(id[8] & 0x3F | 0x80);
        return new(id, bigEndian: true);
    }

    private byte[] Digest(ReplayTarget target, ReplayFilter filter) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { Until, Matched, MadeAt, target.Queue, target.Message, filter })));

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
