using System.Globalization;

namespace OrderIngest.GuardingSources;

/// <summary>
/// Section <c>OrderIngest:Sources:&lt;source&gt;:ApiKeys:&lt;n&gt;</c>: one of several keys of a source, all valid at once; for rotation, and for keys that may only do a
/// part.
/// </summary>
internal sealed class SourceKeyOptions
{
    private const string NoInstant = "is not a time such as 2027-01-31T12:00:00Z, or a day";
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>SHA-256 of the key, in hexadecimal.</summary>
    public string? Hash { get; init; }

    /// <summary>What logs and metrics call the key. Default: the setting it stands in, such as ApiKeys:0:Hash.</summary>
    public string? Name { get; init; }

    /// <summary>The key is refused before this instant, such as <c>2027-01-31T12:00:00Z</c> or <c>2027-01-31</c>; UTC unless an offset is there. Absent = from the beginning.</summary>
    public string? NotBefore { get; init; }

    /// <summary>The key is refused after this instant, written like <see cref="NotBefore"/>. Absent = for ever.</summary>
    public string? NotAfter { get; init; }

    /// <summary>The stores whose orders the key may send and see, as they are written in <c>storeId</c>; empty = all.</summary>
    public IList<string> Stores { get; } = [];

    /// <summary>What is wrong, by key below this one.</summary>
    public IEnumerable<(string Key, string Says)> Faults()
    {
        if (Hash is null)
            yield return (nameof(Hash), "is missing: the SHA-256 of the key, in hexadecimal");
        else if (!IsHash(Hash))
            yield return (nameof(Hash), "is not a SHA-256 in hexadecimal (64 digits)");
        if (NotBefore is not null && Instant(NotBefore) is null)
            yield return (nameof(NotBefore), NoInstant);
        if (NotAfter is not null && Instant(NotAfter) is null)
            yield return (nameof(NotAfter), NoInstant);
        if (Instant(NotAfter) <= Instant(NotBefore))
            yield return (nameof(NotAfter), $"is not after {nameof(NotBefore)}");
        if (Stores.Any(string.IsNullOrWhiteSpace))
            yield return (nameof(Stores), "holds an empty store");
    }

    /// <summary>The time a text of <see cref="NotBefore"/> or <see cref="NotAfter"/> means; null when it is none.</summary>
    // Not left to the binder: it takes a time without an offset for the machine's local one.
    public static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    /// <summary>True for 64 hexadecimal digits.</summary>
    public static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit);
}
