using System.Text;

namespace OrderIngest.ReadingPosLog;

/// <summary>
/// Bytes of a transaction as text. The source's configured encoding comes first, then what the file declares, then UTF-8. Tills declare UTF-8 and write
/// something else: what is not valid in the declared encoding is read as Shift-JIS where that gives Japanese script, otherwise as Windows-1252.
/// </summary>
internal static class TransactionText
{
    static TransactionText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text, and the encoding's name where it is another one than declared; null when a configured encoding does not fit.</summary>
    public static (string? Text, string? InsteadOfDeclared) Of(byte[] bytes, string? configured, string? declared)
    {
        if (configured is not null)
            return (Decode(bytes, configured), null);
        if (Decode(bytes, declared ?? "utf-8") is { } text)
            return (text, null);
        if (Decode(bytes, "shift_jis") is { } japanese && japanese.AsSpan().IndexOfAnyInRange('\u3041', '\u9FFF') >= 0 && japanese.AsSpan().IndexOfAnyInRange('\uE000', '\uF8FF') < 0)
            return (japanese, "shift_jis");
        return (Decode(bytes, "windows-1252"), "windows-1252");
    }

    /// <summary>True for a name that text can be read by.</summary>
    public static bool IsKnown(string encoding)
    {
        try
        {
            Encoding.GetEncoding(encoding);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string? Decode(byte[] bytes, string encoding)
    {
        try
        {
            return Encoding.GetEncoding(encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes);
        }
        catch (Exception exception) when (exception is DecoderFallbackException or ArgumentException)
        {
            // Not in this encoding, or one that nobody knows.
            return null;
        }
    }
}
