using System.Collections.Frozen;
using System.Text;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// Cuts a stream into its JSON objects, with bounded memory and the exact bytes: a single document, one after the other, one per line, a list, or a list under one
/// of the names that wrap lists. A damaged object costs itself where each begins on a line of its own; in a list on one line it costs what follows, because
/// what looks like the next document may be a part of the damaged one.
/// </summary>
internal sealed class JsonObjects(Stream stream, int longest, FrozenSet<string> wrappers)
{
    private readonly ByteWindow _window = new(stream, longest);
    private readonly Stack<byte> _around = new();

    // Blanks between the last line end and here; -1 when something else stood there.
    private int _indent;
    private long _at;

    /// <summary>Bytes that are behind the reader.</summary>
    public long Position => _at;

    /// <summary>True once a list was seen, an empty one too.</summary>
    public bool HasList { get; private set; }

    private bool IsInWrapper => _around.TryPeek(out var open) && open == '{';

    /// <summary>The next object, or bytes that are none; null at the end of the stream.</summary>
    public async ValueTask<JsonBytes?> Next(CancellationToken cancellationToken)
    {
        while (await _window.Has(_at, cancellationToken))
        {
            var mark = _window[_at];
            switch (mark)
            {
                case (byte)'{' when !await IsWrapper(cancellationToken):
                    return await Whole(cancellationToken);
                case (byte)'{' or (byte)'[':
                    HasList = true;
                    _around.Push(mark);
                    Step(mark);
                    break;
                case (byte)']' or (byte)'}' when _around.TryPeek(out var open) && open == '[' == (mark == ']'):
                    _around.Pop();
                    Step(mark);
                    break;
                case (byte)'"' when IsInWrapper:
                    if (!await PassName(cancellationToken))
                        return await Stray(cancellationToken);
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or 0xEF or 0xBB or 0xBF or 0x1E:
                // In a wrapper: a colon, or a value that is no list.
                case not ((byte)']' or (byte)'}') when IsInWrapper:
                    Step(mark);
                    break;
                default:
                    return await Stray(cancellationToken);
            }
        }
        if (_around.Count == 0)
            return null;
        _around.Clear();
        _window.Release(_window.End);
        return new([], _window.End, _window.Row, "the file ends before its list is closed: it was cut off", CutOff: true);
    }

    private void Step(byte mark)
    {
        _indent = mark switch { (byte)'\n' => 0, (byte)' ' or (byte)'\t' when _indent >= 0 => _indent + 1, 0xEF or 0xBB or 0xBF => _indent, _ => -1 };
        _at++;
    }

    /// <summary>From here to the brace that closes it.</summary>
    private async ValueTask<JsonBytes> Whole(CancellationToken cancellationToken)
    {
        _window.Release(_at);
        var beginsLine = _indent >= 0;
        _indent = Math.Max(0, _indent);
        var end = new ObjectEnd(_at, _indent);
        while (!end.Find(_window))
        {
            if (_window.IsEnded)
                return end.NextLine >= 0 ? GivenUp(end.NextLine) : Take(_window.End, "ends before it is closed: the file was cut off") with { CutOff = true };
            if (_window.End - _at > longest)
                return end.NextLine >= 0 ? GivenUp(end.NextLine) : await TooLong(end, isClosed: false, cancellationToken);
            await _window.Fill(cancellationToken);
        }
        if (end.At - _at > longest)
            return await TooLong(end, isClosed: true, cancellationToken);
        if (end.NextLine >= 0 && !JsonWrapper.IsJson(_window.Between(_at, end.At)))
            return GivenUp(end.NextLine);
        // A brace in the wrong place may make a shorter object that is valid by chance, and half an order: what follows gives it away.
        var isLine = beginsLine && _window.Between(_at, end.At).IndexOf((byte)'\n') < 0;
        var isSeparated = await JsonSurroundings.IsSeparated(_window, end.At, isLine, _around, cancellationToken);
        return isSeparated ? Take(end.At, null) : await Stray(cancellationToken, end.At);
    }

    private JsonBytes GivenUp(long nextLine)
    {
        var indent = _indent;
        var given = Take(nextLine, "is not closed before the next line begins another one, or is not valid JSON");
        _indent = indent;
        return given;
    }

    /// <summary>Keeps the beginning and passes over the rest: to where the object closes, or where the next one begins a line.</summary>
    private async ValueTask<JsonBytes> TooLong(ObjectEnd end, bool isClosed, CancellationToken cancellationToken)
    {
        var indent = _indent;
        var kept = Take(_at + longest, $"is longer than {longest} bytes; only these are kept");
        while (!isClosed && end.NextLine < 0 && !_window.IsEnded)
        {
            _window.Release(end.At);
            await _window.Fill(cancellationToken);
            isClosed = end.Find(_window);
        }
        (_at, _indent) = isClosed ? (end.At, -1) : end.NextLine >= 0 ? (end.NextLine, indent) : (_window.End, -1);
        return kept;
    }

    private async ValueTask<bool> IsWrapper(CancellationToken cancellationToken)
    {
        _window.Release(_at);
        while (_window.End - _at < JsonWrapper.Prologue && !_window.IsEnded)
            await _window.Fill(cancellationToken);
        return JsonWrapper.Begins(_window.From(_at), wrappers);
    }

    /// <summary>A name between the braces of a wrapper: what it names is passed over unless it is what is wrapped. False when there is no end to it.</summary>
    private async ValueTask<bool> PassName(CancellationToken cancellationToken)
    {
        _window.Release(_at);
        int length;
        while ((length = _window.From(_at + 1).IndexOf((byte)'"')) < 0)
        {
            if (_window.IsEnded || _window.End - _at > JsonWrapper.Prologue)
                return false;
            await _window.Fill(cancellationToken);
        }
        var isWrapped = wrappers.Contains(Encoding.UTF8.GetString(_window.Between(_at + 1, _at + 1 + length)));
        (_at, _indent) = (_at + length + 2, -1);
        if (!isWrapped)
            _at = await JsonSurroundings.PassValue(_window, _at, cancellationToken);
        return true;
    }

    /// <summary>What is no JSON, to the end of the line on which that begins.</summary>
    private async ValueTask<JsonBytes> Stray(CancellationToken cancellationToken, long? from = null)
    {
        _window.Release(_at);
        var begin = from ?? _at;
        int length;
        while ((length = _window.From(begin).IndexOf((byte)'\n') + 1) == 0 && !_window.IsEnded && _window.End - begin < longest)
            await _window.Fill(cancellationToken);
        var stray = Take(length == 0 ? _window.End : begin + length, "is not JSON");
        _indent = length == 0 ? -1 : 0;
        return stray;
    }

    private JsonBytes Take(long end, string? fault)
    {
        var taken = new JsonBytes(_window.Between(_at, end).ToArray(), _at, _window.Row, fault);
        (_at, _indent) = (end, -1);
        return taken;
    }
}

/// <summary>The bytes of one object.</summary>
/// <param name="Bytes">As they came.</param>
/// <param name="Position">Where it begins in the stream, in bytes from 0.</param>
/// <param name="Row">Line it begins in, from 1.</param>
/// <param name="Fault">Why it is no whole object; null when it has both braces.</param>
/// <param name="CutOff">True when the stream ended in the middle of it.</param>
internal sealed record JsonBytes(byte[] Bytes, long Position, int Row, string? Fault, bool CutOff = false);
