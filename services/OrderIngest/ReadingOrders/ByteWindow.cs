namespace OrderIngest.ReadingOrders;

/// <summary>
/// The part of a stream that is being looked at. Places are positions in the stream, so that they stay true while the window moves on; what was let go is gone.
/// The window is never much longer than the longest piece that may be held.
/// </summary>
internal sealed class ByteWindow(Stream stream, int longest)
{
    private const int Least = 64 * 1024;

    // Room for a look ahead beyond the longest piece.
    private byte[] _buffer = new byte[Math.Min(longest, Least) + Least];
    private long _offset;
    private int _begin, _end;

    /// <summary>Position of the first byte that is held.</summary>
    public long Begin => _offset + _begin;

    /// <summary>Position behind the last byte that was read.</summary>
    public long End => _offset + _end;

    /// <summary>Line of the first byte that is held, from 1.</summary>
    public int Row { get; private set; } = 1;

    /// <summary>True when nothing comes behind <see cref="End"/>.</summary>
    public bool IsEnded { get; private set; }

    public byte this[long at] => _buffer[(int)(at - _offset)];

    public ReadOnlySpan<byte> From(long at) => _buffer.AsSpan((int)(at - _offset), (int)(End - at));

    public ReadOnlySpan<byte> Between(long begin, long end) => _buffer.AsSpan((int)(begin - _offset), (int)(end - begin));

    /// <summary>Lets go of everything before a place.</summary>
    public void Release(long before)
    {
        Row += Between(Begin, before).Count((byte)'\n');
        _begin = (int)(before - _offset);
    }

    /// <summary>Whether there is a byte at this place; everything before is let go where reading on is needed to tell.</summary>
    public async ValueTask<bool> Has(long at, CancellationToken cancellationToken)
    {
        while (at >= End && !IsEnded)
        {
            Release(End);
            await Fill(cancellationToken);
        }
        return at < End;
    }

    /// <summary>Reads on; what is held stays.</summary>
    public async ValueTask Fill(CancellationToken cancellationToken)
    {
        if (_begin > 0 && _buffer.Length - _end < _buffer.Length / 4)
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            (_offset, _begin, _end) = (_offset + _begin, 0, _end - _begin);
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, Math.Max(longest + (long)Least, _buffer.Length + Least)));
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        IsEnded = read == 0;
        _end += read;
    }
}
