namespace OrderIngest.ReadingPosLog;

/// <summary>
/// Cuts an XML log into its transactions by looking at bytes, with bounded memory and the exact bytes. A damaged transaction costs itself and not the rest of
/// the file: at the next beginning reading goes on. Looking at bytes is safe in every encoding in which a byte below 0x40 stands for itself: UTF-8, ISO 8859,
/// Windows code pages, Shift-JIS.
/// </summary>
internal sealed class TransactionSplitter(Stream stream, int longest)
{
    private byte[] _buffer = new byte[Math.Min(longest, 64 * 1024) + Tag.Longest];
    private long _bufferAt;
    private int _scanned, _end, _row = 1;
    private bool _ended;

    /// <summary>Bytes read from the stream so far.</summary>
    public long Position => _bufferAt + _end;

    /// <summary>Name of the outermost element, with its prefix; null until it was seen.</summary>
    public string? Root { get; private set; }

    /// <summary>True once the outermost element was closed.</summary>
    public bool RootIsClosed { get; private set; }

    /// <summary>What the XML declaration says, or null.</summary>
    public string? Encoding { get; private set; }

    /// <summary>The next transaction, or what is left of one; null at the end of the stream.</summary>
    public async ValueTask<TransactionBytes?> Next(CancellationToken cancellationToken)
    {
        // Where the transaction begins in the buffer; -1 between two.
        var begin = -1;
        while (true)
        {
            var tag = Tag.Find(_buffer.AsSpan(_scanned, _end - _scanned), _ended, between: begin < 0);
            if (tag.Kind == TagKind.None)
            {
                // All of it was looked at, but for what may be the first half of a tag.
                _scanned += tag.Start;
                if (_ended)
                    return begin < 0 ? null : Take(begin, _end, "ends before its end tag: the file was cut off") with { CutOff = true };
                if (begin >= 0 && _end - begin >= longest)
                    return await SkipTooLong(begin, cancellationToken);
                if (begin < 0)
                    Drop(_scanned);
                begin = await Fill(begin, cancellationToken);
                continue;
            }
            var (start, end) = (_scanned + tag.Start, _scanned + tag.End);
            switch (tag.Kind)
            {
                case TagKind.Begin when begin >= 0:
                    // Not scanned: it is looked at again as the beginning of its own transaction.
                    _scanned = start;
                    return Take(begin, start, "has no end tag before the next one begins");
                case TagKind.Begin:
                    Drop(start);
                    (begin, _scanned) = (0, end - start);
                    Root ??= "";
                    if (tag.IsEmpty)
                        return Take(0, _scanned, null);
                    break;
                case TagKind.End:
                    _scanned = end;
                    return begin >= 0 ? Take(begin, end, null) : Take(0, end, "has an end tag and no beginning");
                case TagKind.Declaration:
                    Encoding ??= tag.Name;
                    _scanned = end;
                    break;
                case TagKind.OtherBegin:
                    if (Root is null && !tag.IsEmpty)
                        Root = tag.Name;
                    _scanned = end;
                    break;
                default:
                    RootIsClosed |= tag.Kind == TagKind.OtherEnd && begin < 0 && tag.Name == Root;
                    _scanned = end;
                    break;
            }
        }
    }

    private TransactionBytes Take(int begin, int end, string? fault)
    {
        _row += _buffer.AsSpan(0, begin).Count((byte)'\n');
        var bytes = _buffer.AsSpan(begin, end - begin).ToArray();
        var taken = new TransactionBytes(bytes, _bufferAt + begin, _row, fault);
        _row += bytes.AsSpan().Count((byte)'\n');
        Shift(end);
        return taken;
    }

    /// <summary>Forgets what stands before a place.</summary>
    private void Drop(int before)
    {
        _row += _buffer.AsSpan(0, before).Count((byte)'\n');
        Shift(before);
    }

    private void Shift(int by)
    {
        _buffer.AsSpan(by, _end - by).CopyTo(_buffer);
        (_bufferAt, _end, _scanned) = (_bufferAt + by, _end - by, Math.Max(0, _scanned - by));
    }

    private async ValueTask<int> Fill(int begin, CancellationToken cancellationToken)
    {
        if (begin > 0)
        {
            Drop(begin);
            begin = 0;
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, longest + (long)Tag.Longest));
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _ended = read == 0;
        _end += read;
        return begin;
    }

    private async ValueTask<TransactionBytes> SkipTooLong(int begin, CancellationToken cancellationToken)
    {
        var kept = Take(begin, Math.Min(_end, begin + longest), $"is longer than {longest} bytes; only these are kept");
        while (true)
        {
            var tag = Tag.Find(_buffer.AsSpan(_scanned, _end - _scanned), _ended, between: false);
            if (tag.Kind == TagKind.None && _ended)
                return kept;
            if (tag.Kind == TagKind.None)
            {
                Drop(_scanned + tag.Start);
                _scanned = 0;
                await Fill(-1, cancellationToken);
                continue;
            }
            if (tag.Kind == TagKind.Begin)
            {
                Drop(_scanned + tag.Start);
                _scanned = 0;
                return kept;
            }
            Drop(_scanned + tag.End);
            _scanned = 0;
            if (tag.Kind == TagKind.End)
                return kept;
        }
    }
}

/// <summary>The bytes of one transaction.</summary>
/// <param name="Bytes">As they came.</param>
/// <param name="Position">Where it begins in the stream, in bytes from 0.</param>
/// <param name="Row">Line it begins in, from 1.</param>
/// <param name="Fault">Why it cannot be whole; null when it has beginning and end.</param>
/// <param name="CutOff">True when the stream ended in the middle of it.</param>
internal sealed record TransactionBytes(byte[] Bytes, long Position, int Row, string? Fault, bool CutOff = false);
