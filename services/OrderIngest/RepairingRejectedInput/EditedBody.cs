using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>What somebody made of rejected input by hand.</summary>
/// <param name="Bytes">In that format, with the header row where the format has one.</param>
/// <param name="Format">The kept input's own, or JSON in the shape of <c>POST /orders</c>.</param>
/// <param name="Encoding">The encoding of the bytes where the request said it; null = that of the kept input.</param>
internal sealed record EditedBody(byte[] Bytes, InputFormat Format, string? Encoding)
{
    private const string Utf8 = "utf-8";

    static EditedBody() => System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);

    /// <summary>The body in UTF-8 where its charset is stated, so that it is kept as it is read; null when its bytes are not in that charset, or nobody knows it.</summary>
    public static EditedBody? Of(byte[] bytes, InputFormat format, string? charset)
    {
        if (string.IsNullOrEmpty(charset))
            return new(bytes, format, null);
        try
        {
            var encoding = System.Text.Encoding.GetEncoding(charset.Trim('"'), System.Text.EncoderFallback.ExceptionFallback, System.Text.DecoderFallback.ExceptionFallback);
            var text = encoding.GetString(bytes);
            return new(encoding.WebName == Utf8 ? bytes : System.Text.Encoding.UTF8.GetBytes(text), format, Utf8);
        }
        catch (ArgumentException)
        {
            // A DecoderFallbackException is one too.
            return null;
        }
    }
}
