using System.Collections.Frozen;
using System.Text;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// Cuts a stream into its JSON objects, with bounded memory and the exact bytes: a single document, one after the other, one per line, a list, or a list under one
/// of the names that wrap lists. A damaged object costs itself; where each has a line of its own, reading goes on at the next line.
/// </summary>
internal sealed class JsonObjects(Stream stream, int longest, FrozenSet<string> wrappers)
{
    // Room to see the first name of an object.
    private const int LongestName = 1024;

    private readonly Stack<byte> _around = new();
    private byte[] _buffer = new byte[Math.Min(longest, 64 * 1024) + LongestName];
    private long _bufferAt;
    private int _at, _end, _row = 1;
    private bool _ended, _lineBegins = true;

    /// <summary>Bytes read from the stream so far.</summary>
    public long Position => _bufferAt + _end;

    /// <summary>The next object, or bytes that are none; null at the end of the stream.</summary>
    public async ValueTask<JsonBytes?> Next(CancellationToken cancellationToken)
    {
        var stray = -1;
        while (true)
        {
            while (_at < _end)
            {
                var mark = _buffer[_at];
                if (mark == '{')
                {
                    if (stray >= 0)
                        return Take(stray, _at, "is not JSON");
                    if (await IsWrapper(cancellationToken))
                    {
                        _around.Push(mark);
                        _at++;
                        await SkipName(cancellationToken);
                        continue;
                    }
                    return await Whole(cancellationToken);
                }
                if (mark == '[')
                    _around.Push(mark);
                else if (mark is (byte)']' or (byte)'}')
                {
                    if (!_around.TryPop(out var open) || open == '[' != (mark == ']'))
                        stray = stray < 0 ? _at : stray;
                }
                else if (mark == '"' && _around.TryPeek(out var inside) && inside == '{')
                {
                    await SkipName(cancellationToken);
                    continue;
                }
                else if (mark is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or 0xEF or 0xBB or 0xBF or 0x1E) && !(_around.TryPeek(out var wrapper) && wrapper == '{'))
                    stray = stray < 0 ? _at : stray;
                _lineBegins = mark == '\n' || _lineBegins && mark is 0xEF or 0xBB or 0xBF;
                _at++;
            }
            if (_ended)
                return stray >= 0 ? Take(stray, _end, "is not JSON") : _around.TryPop(out _) ? Cut() : null;
            if (_end - Math.Max(0, stray) >= longest && stray >= 0)
                return Take(stray, _end, "is not JSON");
            stray = await Fill(stray, cancellationToken);
        }
    }

    /// <summary>From here to the brace that closes it.</summary>
    private async ValueTask<JsonBytes> Whole(CancellationToken cancellationToken)
    {
        var (begin, onOwnLine, depth, text, escaped) = (_at, _lineBegins, 0, false, false);
        _lineBegins = false;
        while (true)
        {
            for (; _at < _end; _at++)
            {
                var mark = _buffer[_at];
                if (mark == '\n' && onOwnLine && _at + 1 < _end && _buffer[_at + 1] == '{')
                {
                    _at++;
                    _lineBegins = true;
                    return Take(begin, _at, "is not closed before the next line begins another one");
                }
                if (text)
                {
                    (text, escaped) = (escaped || mark != '"', !escaped && mark == '\\');
                    continue;
                }
                if (mark == '"')
                    text = true;
                else if (mark is (byte)'{' or (byte)'[')
                    depth++;
                else if (mark is (byte)'}' or (byte)']' && --depth == 0)
                {
                    _at++;
                    return Take(begin, _at, null);
                }
            }
            if (_ended)
                return Take(begin, _end, "ends before it is closed: the file was cut off") with { CutOff = true };
            if (_end - begin >= longest)
                return Take(begin, _end, $"is longer than {longest} bytes; what follows is read from there");
            begin = await Fill(begin, cancellationToken);
        }
    }

    private async ValueTask<bool> IsWrapper(CancellationToken cancellationToken)
    {
        while (_end - _at < LongestName && !_ended)
            await Fill(_at, cancellationToken);
        return NameIn(_buffer.AsSpan(_at + 1, _end - _at - 1)) is { } name && wrappers.Contains(name);
    }

    private static string? NameIn(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimStart(" \t\r\n"u8);
        if (bytes.IsEmpty || bytes[0] != '"')
            return null;
        var length = bytes[1..].IndexOf((byte)'"');
        return length is < 0 or > 64 ? null : Encoding.UTF8.GetString(bytes.Slice(1, length));
    }

    // Text between the braces of a wrapper: a name, or a value that is no list and no object.
    private async ValueTask SkipName(CancellationToken cancellationToken)
    {
        while (true)
        {
            var rest = _buffer.AsSpan(_at, _end - _at);
            var open = rest.IndexOf((byte)'"');
            var close = open < 0 ? -1 : rest[(open + 1)..].IndexOf((byte)'"');
            if (close >= 0)
            {
                _at += open + close + 2;
                return;
            }
            if (_ended || rest.Length >= longest)
            {
                _at = _end;
                return;
            }
            await Fill(_at, cancellationToken);
        }
    }

    private JsonBytes Cut() => new([], Position, _row, "the file ends before its list is closed: it was cut off", CutOff: true);

    private JsonBytes Take(int begin, int end, string? fault)
    {
        _row += _buffer.AsSpan(0, begin).Count((byte)'\n');
        var bytes = _buffer.AsSpan(begin, end - begin).ToArray();
        var taken = new JsonBytes(bytes, _bufferAt + begin, _row, fault);
        _row += bytes.AsSpan().Count((byte)'\n');
        Shift(end);
        return taken;
    }

    private void Shift(int by)
    {
        _buffer.AsSpan(by, _end - by).CopyTo(_buffer);
        (_bufferAt, _end, _at) = (_bufferAt + by, _end - by, Math.Max(0, _at - by));
    }

    /// <summary>Reads on, keeping what stands from a place; answers where that place is now.</summary>
    private async ValueTask<int> Fill(int keep, CancellationToken cancellationToken)
    {
        var from = keep < 0 ? _at : keep;
        if (from > 0)
        {
            _row += _buffer.AsSpan(0, from).Count((byte)'\n');
            Shift(from);
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, longest + (long)LongestName));
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _ended = read == 0;
        _end += read;
        return keep < 0 ? -1 : 0;
    }
}

/// <summary>The bytes of one object.</summary>
/// <param name="Bytes">As they came.</param>
/// <param name="Position">Where it begins in the stream, in bytes from 0.</param>
/// <param name="Row">Line it begins in, from 1.</param>
/// <param name="Fault">Why it is no whole object; null when it has both braces.</param>
/// <param name="CutOff">True when the stream ended in the middle of it.</param>
internal sealed record JsonBytes(byte[] Bytes, long Position, int Row, string? Fault, bool CutOff = false);
