using System.Text;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// Readers look at bytes and need an encoding in which ASCII stands for itself: UTF-16 and UTF-32 become UTF-8. They are known by their byte order mark, UTF-16 also
/// by the empty byte beside a file's first sign. Positions count the bytes of UTF-8 then. A byte order mark outweighs what is configured.
/// </summary>
internal static class PlainBytes
{
    private static readonly Encoding[] Wide = [new UTF32Encoding(false, true), new UTF32Encoding(true, true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)];

    /// <param name="stream">From its beginning.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="configured">An encoding of several bytes a character that the stream is in where it has no mark; null = one in which ASCII stands for itself.</param>
    /// <param name="marked">Whether what becomes UTF-8 begins with its mark in any case, so that what is kept of it says what it is.</param>
    public static async ValueTask<HeadedStream> Of(Stream stream, CancellationToken cancellationToken, Encoding? configured = null, bool marked = false)
    {
        var first = new byte[4];
        var length = await stream.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken);
        var whole = new HeadedStream(first.AsMemory(0, length), stream);
        foreach (var encoding in Wide)
        {
            if (first.AsSpan(0, length).StartsWith(encoding.Preamble))
                return Turned(whole, encoding, mark: false);
        }
        if (whole.IsUtf8)
            return whole;
        if (configured is not null)
            return Turned(whole, configured, marked);
        return first switch
        {
            [> 0 and < 0x80, 0, > 0 and < 0x80, 0] => Turned(whole, Encoding.Unicode, marked),
            [0, > 0 and < 0x80, 0, > 0 and < 0x80] => Turned(whole, Encoding.BigEndianUnicode, marked),
            _ => whole,
        };
    }

    // A mark of its own comes through.
    private static HeadedStream Turned(Stream stream, Encoding encoding, bool mark) =>
        new(mark ? Encoding.UTF8.Preamble.ToArray() : default, Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8)) { IsTurned = true };

    /// <summary>A stream of which the first bytes were read already.</summary>
    internal sealed class HeadedStream(ReadOnlyMemory<byte> head, Stream rest) : ForwardStream
    {
        private ReadOnlyMemory<byte> _head = head;

        /// <summary>Whether its bytes were another encoding's and are UTF-8 now.</summary>
        public bool IsTurned { get; init; }

        /// <summary>Whether it is UTF-8 whatever is configured: it was turned into it, or begins with its mark.</summary>
        public bool IsUtf8 => IsTurned || _isMarked;

        private readonly bool _isMarked = head.Span.StartsWith(Encoding.UTF8.Preamble);

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer) => _head.IsEmpty ? rest.Read(buffer) : FromHead(buffer);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _head.IsEmpty ? rest.ReadAsync(buffer, cancellationToken) : new(FromHead(buffer.Span));

        private int FromHead(Span<byte> buffer)
        {
            var length = Math.Min(buffer.Length, _head.Length);
            _head.Span[..length].CopyTo(buffer);
            _head = _head[length..];
            return length;
        }
    }
}
