namespace OrderIngest.ReadingOrders;

/// <summary>
/// Cuts a stream into lines, or into CSV records whose quoted fields may hold line ends, with bounded memory and the exact bytes. A quote that
/// is never closed costs one row and not the rest of the file: the row is given up at its line end and reading goes on below it.
/// </summary>
internal sealed class RecordReader(Stream stream, int longest, bool quotes)
{
    private byte[] _buffer = new byte[Math.Min(longest, 64 * 1024) + 1];
    private int _start, _end, _row = 1;
    private long _dropped;
    private bool _ended;

    /// <summary>Bytes read from the stream so far.</summary>
    public long Position { get; private set; }

    /// <summary>The next record with its line end, or null at the end of the stream.</summary>
    public async ValueTask<RawRecord?> Next(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = Length(_buffer.AsSpan(_start, _end - _start), out var open);
            if (length > 0)
                return Take(length);
            var have = _end - _start;
            if (_ended || have > longest)
            {
                if (have == 0)
                    return null;
                var line = _buffer.AsSpan(_start, have).IndexOf((byte)'\n') + 1;
                if (open && (line > 0 || _ended))
                    return Take(line > 0 ? line : have) with { OpenQuote = true };
                if (have > longest)
                    return await TakeTooLong(cancellationToken);
                return Take(have);
            }
            await Fill(cancellationToken);
        }
    }

    /// <summary>Length of the first record, 0 when its end is not in sight.</summary>
    private int Length(ReadOnlySpan<byte> bytes, out bool open)
    {
        open = false;
        if (!quotes)
            return bytes.IndexOf((byte)'\n') + 1;
        var closed = -1;
        for (var at = 0; at < bytes.Length; at++)
        {
            var next = open ? bytes[at..].IndexOf((byte)'"') : bytes[at..].IndexOfAny((byte)'"', (byte)'\n');
            if (next < 0)
                return 0;
            at += next;
            if (bytes[at] == '\n')
                return at + 1;
            // A quote opens a field only at its beginning (5" is five inches), and a doubled one goes on with it.
            if (open)
                (open, closed) = (false, at);
            else
                open = at == 0 || bytes[at - 1] == ',' || closed == at - 1 || _row == 1 && bytes[..at].SequenceEqual("\uFEFF"u8);
        }
        return 0;
    }

    private RawRecord Take(int length)
    {
        var bytes = _buffer.AsSpan(_start, length).ToArray();
        var record = new RawRecord(bytes, _row, Math.Max(1, bytes.AsSpan().Count((byte)'\n'))) { Position = _dropped + _start };
        _row += bytes.AsSpan().Count((byte)'\n');
        _start += length;
        return record;
    }

    private async ValueTask<RawRecord> TakeTooLong(CancellationToken cancellationToken)
    {
        var (row, position) = (_row, _dropped + _start);
        var bytes = _buffer.AsSpan(_start, longest).ToArray();
        while (true)
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n') + 1;
            if (end > 0 || _ended)
            {
                _start = end > 0 ? _start + end : _end;
                _row++;
                return new(bytes, row, 1) { TooLong = true, Position = position };
            }
            (_dropped, _start, _end) = (_dropped + _end, 0, 0);
            await Fill(cancellationToken);
        }
    }

    private async ValueTask Fill(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_dropped, _start, _end) = (_dropped + _start, 0, _end - _start);
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, longest + 1L));
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _ended = read == 0;
        _end += read;
        Position += read;
    }
}

/// <summary>One record of a stream.</summary>
/// <param name="Bytes">As they came, line end included; cut off when too long.</param>
/// <param name="Row">Line of the stream it begins at, from 1.</param>
/// <param name="Rows">How many lines it is.</param>
internal sealed record RawRecord(byte[] Bytes, int Row, int Rows)
{
    /// <summary>Where it begins, in bytes from the stream's beginning.</summary>
    public long Position { get; init; }

    /// <summary>The record is longer than allowed; the rest was skipped.</summary>
    public bool TooLong { get; init; }

    /// <summary>A quoted field begins in this row and is never closed.</summary>
    public bool OpenQuote { get; init; }
}
