using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingPosLog;

/// <summary>
/// Cuts an XML log into its transactions by looking at bytes, with bounded memory and the exact bytes. A damaged transaction costs itself and not the rest of
/// the file: at the next beginning reading goes on. Looking at bytes is safe in every encoding in which a byte below 0x40 stands for itself: UTF-8, ISO 8859,
/// Windows code pages, Shift-JIS.
/// </summary>
internal sealed class TransactionSplitter(Stream stream, int longest)
{
    private readonly ByteWindow _window = new(stream, longest);

    // Everything before was looked at; what was not given out yet begins here.
    private long _at, _from;

    /// <summary>Bytes that are behind the reader.</summary>
    public long Position => _at;

    /// <summary>Line the reader has come to, from 1.</summary>
    public int Row => _window.Row;

    /// <summary>Name of the outermost element, with its prefix; empty when there is none around the transactions; null until it was seen.</summary>
    public string? Root { get; private set; }

    /// <summary>True once the outermost element was closed.</summary>
    public bool RootIsClosed { get; private set; }

    /// <summary>What the XML declaration says, or null.</summary>
    public string? Encoding { get; private set; }

    /// <summary>The next transaction, or what is left of one; null at the end of the stream.</summary>
    public async ValueTask<TransactionBytes?> Next(CancellationToken cancellationToken)
    {
        while (true)
        {
            var tag = Tag.Between(_window.From(_at), _window.IsEnded);
            var (start, end) = (_at + tag.Start, _at + tag.End);
            _at = tag.Kind == TagKind.None ? start : end;
            switch (tag.Kind)
            {
                case TagKind.None when _window.IsEnded:
                    _window.Release(_window.End);
                    return null;
                case TagKind.None:
                    // Kept, so that an end without a beginning has its bytes; but not without bounds.
                    if (_window.End - _from > longest)
                        _from = _at;
                    _window.Release(_from);
                    await _window.Fill(cancellationToken);
                    break;
                case TagKind.Begin:
                    Root ??= "";
                    return tag.IsEmpty ? Take(start, end, null) : await Whole(start, System.Text.Encoding.UTF8.GetBytes(tag.Name!), cancellationToken);
                case TagKind.End:
                    return Take(_from, end, "has an end tag and no beginning");
                case TagKind.Declaration:
                    Encoding = tag.Name ?? Encoding;
                    break;
                case TagKind.OtherBegin:
                    Root ??= tag.Name;
                    // Some files are several logs, one behind the other.
                    if (tag.Name == Root)
                        RootIsClosed = tag.IsEmpty;
                    break;
                default:
                    RootIsClosed |= tag.Name == Root;
                    break;
            }
        }
    }

    /// <summary>From its beginning to its end.</summary>
    private async ValueTask<TransactionBytes> Whole(long begin, byte[] name, CancellationToken cancellationToken)
    {
        _window.Release(begin);
        while (true)
        {
            var tag = Tag.Inside(_window.From(_at), name, _window.IsEnded);
            var (start, end) = (_at + tag.Start, _at + tag.End);
            _at = tag.Kind == TagKind.None ? start : end;
            if (tag.Kind == TagKind.None && !_window.IsEnded && _window.End - begin <= longest)
                await _window.Fill(cancellationToken);
            else if (tag.Kind == TagKind.None)
                return _window.IsEnded && _window.End - begin <= longest ? Take(begin, _window.End, "ends before its end tag: the file was cut off") with { CutOff = true } : await TooLong(begin, name, cancellationToken);
            else if (start - begin > longest)
                return TooLong(begin, tag.Kind == TagKind.End ? end : start);
            else if (tag.Kind == TagKind.End)
                return Take(begin, end, null);
            else
                // It is looked at again as the beginning of its own transaction.
                return Take(begin, start, "has no end tag before the next one begins");
        }
    }

    private TransactionBytes TooLong(long begin, long end)
    {
        var kept = Take(begin, begin + longest, $"is longer than {longest} bytes; only these are kept");
        _at = _from = end;
        return kept;
    }

    /// <summary>Keeps the beginning and passes over the rest, holding nothing of it.</summary>
    private async ValueTask<TransactionBytes> TooLong(long begin, byte[] name, CancellationToken cancellationToken)
    {
        var looked = _at;
        var kept = TooLong(begin, looked);
        while (true)
        {
            var tag = Tag.Inside(_window.From(_at), name, _window.IsEnded);
            if (tag.Kind != TagKind.None || _window.IsEnded)
            {
                _at = _from = tag.Kind == TagKind.None ? _window.End : _at + (tag.Kind == TagKind.End ? tag.End : tag.Start);
                return kept;
            }
            _at += tag.Start;
            _window.Release(_at);
            await _window.Fill(cancellationToken);
        }
    }

    private TransactionBytes Take(long begin, long end, string? fault)
    {
        _window.Release(begin);
        var taken = new TransactionBytes(_window.Between(begin, end).ToArray(), begin, _window.Row, fault);
        _at = _from = end;
        return taken;
    }
}

/// <summary>The bytes of one transaction.</summary>
/// <param name="Bytes">As they came.</param>
/// <param name="Position">Where it begins in the stream, in bytes from 0.</param>
/// <param name="Row">Line it begins in, from 1.</param>
/// <param name="Fault">Why it cannot be whole; null when it has beginning and end.</param>
/// <param name="CutOff">True when the stream ended in the middle of it.</param>
internal sealed record TransactionBytes(byte[] Bytes, long Position, int Row, string? Fault, bool CutOff = false);
