using System.Collections.Concurrent;
using System.Text;

namespace OrderIngest.ReadingPosLog;

/// <summary>
/// Bytes of a transaction as text. The source's configured encoding comes first, then what the file declares, then UTF-8. Tills declare UTF-8 and write
/// something else: what is valid in neither is read as Shift-JIS where that gives Japanese script, otherwise as Windows-1252.
/// </summary>
internal static class TransactionText
{
    private const string Utf8 = "utf-8", Japanese = "shift_jis", Western = "windows-1252";

    // Strict ones; null for a name that nobody knows. Files make up names, so only known ones are kept.
    private static readonly ConcurrentDictionary<string, Encoding> Strict = new(StringComparer.OrdinalIgnoreCase);

    static TransactionText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text, and the encoding's name where it is another one than declared; null when a configured encoding does not fit.</summary>
    public static (string? Text, string? InsteadOfDeclared) Of(byte[] bytes, string? configured, string? declared)
    {
        if (configured is not null)
            return (Decode(bytes, configured), null);
        if (Decode(bytes, declared ?? Utf8) is { } text)
            return (text, null);
        if (declared is not null && Decode(bytes, Utf8) is { } plain)
            return (plain, Utf8);
        if (Decode(bytes, Japanese) is { } japanese && IsJapanese(japanese))
            return (japanese, Japanese);
        return (Decode(bytes, Western), Western);
    }

    /// <summary>The declaration of a document in this encoding, with a line end; empty where it would say nothing: of UTF-8, of what was made UTF-8, and of a name that nobody knows.</summary>
    public static byte[] Declaration(string? encoding) => encoding is null || Find(encoding) is not { } known || known.WebName == Utf8
        ? []
        : Encoding.ASCII.GetBytes($"<?xml version=\"1.0\" encoding=\"{known.WebName}\"?>\n");

    /// <summary>What such a declaration says; null where there is none.</summary>
    public static string? Declared(ReadOnlySpan<byte> bytes)
    {
        return bytes.StartsWith("<?xml"u8) && Tag.Between(bytes, isAll: true) is { Kind: TagKind.Declaration, Name: var name } ? name : null;
    }

    /// <summary>True for a name that text can be read by.</summary>
    public static bool IsKnown(string encoding) => Find(encoding) is not null;

    private static string? Decode(byte[] bytes, string name)
    {
        try
        {
            return Find(name)?.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding? Find(string name)
    {
        if (Strict.TryGetValue(name, out var known))
            return known;
        try
        {
            // Who says Latin 1 and writes a euro sign means Windows-1252; the rest of both is the same.
            var encoding = Encoding.GetEncoding(IsLatin1(name) ? Western : name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            // Wide ones were made UTF-8 before anybody looked for tags; where they were not, the declaration is not true.
            if (encoding.GetByteCount("<") != 1)
                encoding = Encoding.GetEncoding(Utf8, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return Strict[name] = encoding;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool IsLatin1(string name) => name.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase) || name.Equals("latin1", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Western letters read as Shift-JIS give a lone Chinese character between Latin ones, or signs of the private area. Japanese has its own letters, or
    /// several of them in a row.
    /// </summary>
    private static bool IsJapanese(string text)
    {
        var (run, found) = (0, false);
        foreach (var mark in text)
        {
            if (mark is >= '\uE000' and <= '\uF8FF')
                return false;
            run = mark is >= '\u3041' and <= '\u9FFF' or >= '\uFF66' and <= '\uFF9F' ? run + 1 : 0;
            found |= mark is >= '\u3041' and <= '\u30FF' || run >= 3 || run == 2 && mark is >= '\u3400' and <= '\u9FFF';
        }
        return found;
    }
}
