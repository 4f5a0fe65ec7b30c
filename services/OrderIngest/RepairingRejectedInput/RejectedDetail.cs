using System.Text;
using System.Text.Unicode;
using OrderIngest.ReadingPosLog;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>One rejected input with its bytes, for whoever repairs it.</summary>
/// <param name="Input">What is known about it.</param>
/// <param name="Body">The bytes as they came, behind the file's header row. Personal data.</param>
/// <param name="Edited">What was accepted instead, where it had to be edited.</param>
internal sealed record RejectedDetail(RejectedEntry Input, KeptBody Body, KeptBody? Edited)
{
    public static RejectedDetail Of(KeptInput kept, string? encoding) =>
        new(kept.Entry, KeptBody.Of(kept.Raw, encoding), kept.Edited is null ? null : KeptBody.Of(kept.Edited, Utf8.IsValid(kept.Edited) ? null : encoding));
}

/// <summary>Bytes, readable where they are text.</summary>
/// <param name="Text">The text; null when they are none.</param>
/// <param name="Encoding">What it was read as.</param>
/// <param name="Base64">The bytes, when they are no text.</param>
internal sealed record KeptBody(string? Text, string? Encoding, string? Base64)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="bytes">As they came.</param>
    /// <param name="encoding">The source's, where one is configured.</param>
    public static KeptBody Of(byte[] bytes, string? encoding)
    {
        encoding ??= TransactionText.Declared(bytes);
        var (text, name) = encoding is not null && !bytes.AsSpan().StartsWith("\uFEFF"u8) && TransactionText.Of(bytes, encoding, null).Text is { } configured ? (configured, encoding) : Guess(bytes);
        return text.Any(sign => char.IsControl(sign) && sign is not ('\t' or '\r' or '\n'))
            ? new(null, null, Convert.ToBase64String(bytes))
            : new(text, name, null);
    }

    private static (string Text, string Encoding) Guess(byte[] bytes)
    {
        try
        {
            return (Strict.GetString(bytes), "utf-8");
        }
        catch (DecoderFallbackException)
        {
            // As the readers of tills' documents do.
            var (text, instead) = TransactionText.Of(bytes, null, null);
            return (text ?? "\0", instead ?? "utf-8");
        }
    }
}
