namespace OrderIngest.ReadingOrders;

/// <summary>
/// A stream that may be damaged or endless: compressed bytes that were cut off, or a few of them that become too many. Then it simply ends, so that everything
/// before is read and kept, and says why. Who made the stream below closes it.
/// </summary>
internal sealed class GuardedStream(Stream inner, long most = long.MaxValue) : ForwardStream
{
    private byte _secondLast;

    /// <summary>Bytes that were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Why it ended; <see cref="StreamEnd.NotSeen"/> until then.</summary>
    public StreamEnd End { get; private set; }

    /// <summary>True when it stopped before its own end: what was read last may be half of something.</summary>
    public bool IsCut => End is StreamEnd.Damaged or StreamEnd.TooLong;

    /// <summary>The byte that was read last.</summary>
    public byte LastByte { get; private set; }

    /// <summary>True when the last character is a line end, also in UTF-16.</summary>
    public bool EndsWithLineEnd => LastByte == '\n' || LastByte == 0 && _secondLast == '\n';

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (End != StreamEnd.NotSeen || buffer.IsEmpty)
            return 0;
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken);
        }
        // Brotli's decoder says it in the second way.
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            End = StreamEnd.Damaged;
            return 0;
        }
        if (read == 0)
            End = StreamEnd.Whole;
        else if (read > most - BytesRead)
            (read, End) = ((int)(most - BytesRead), StreamEnd.TooLong);
        if (read > 0)
        {
            _secondLast = read > 1 ? buffer.Span[read - 2] : LastByte;
            LastByte = buffer.Span[read - 1];
        }
        BytesRead += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Readers read asynchronously");
}

/// <summary>How a stream ended.</summary>
internal enum StreamEnd
{
    /// <summary>It has not.</summary>
    NotSeen = 0,

    /// <summary>As it should.</summary>
    Whole = 1,

    /// <summary>Its compressed bytes are damaged or cut off.</summary>
    Damaged = 2,

    /// <summary>It is longer than allowed.</summary>
    TooLong = 3,
}
