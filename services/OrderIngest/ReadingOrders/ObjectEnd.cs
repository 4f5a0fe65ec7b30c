using System.Buffers;

namespace OrderIngest.ReadingOrders;

/// <summary>Looks for the brace that closes an object, in as many steps as its bytes come in.</summary>
/// <param name="at">Where the object begins.</param>
/// <param name="indent">Blanks before it on its line; -1 when something else stands there.</param>
internal struct ObjectEnd(long at, int indent)
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"{}[]\n"u8);

    private int _depth;
    private bool _inText;

    /// <summary>Everything before was looked at; behind the closing brace once it was found.</summary>
    public long At { get; private set; } = at;

    /// <summary>The first brace below that begins a line in the same way, and so may begin another object; -1 when there was none.</summary>
    public long NextLine { get; private set; } = -1;

    /// <summary>True when the closing brace was found, false when more bytes are needed.</summary>
    public bool Find(ByteWindow window)
    {
        var bytes = window.From(At);
        var at = 0;
        while (at < bytes.Length)
        {
            var next = _inText ? bytes[at..].IndexOfAny((byte)'"', (byte)'\\', (byte)'\n') : bytes[at..].IndexOfAny(Marks);
            if (next < 0)
            {
                at = bytes.Length;
                break;
            }
            at += next;
            var mark = bytes[at];
            // Not enough is there to tell what follows.
            if (!window.IsEnded && at + 1 + Math.Max(0, indent) >= bytes.Length && mark is (byte)'\n' or (byte)'\\')
                break;
            if (mark == '\n' && indent >= 0 && NextLine < 0 && BeginsObject(bytes[(at + 1)..]))
                NextLine = At + at + 1 + indent;
            at = Math.Min(bytes.Length, at + (mark == '\\' ? 2 : 1));
            if (mark == '"')
                _inText = !_inText;
            else if (!_inText && mark is (byte)'{' or (byte)'[')
                _depth++;
            else if (!_inText && mark is (byte)'}' or (byte)']' && --_depth == 0)
            {
                At += at;
                return true;
            }
        }
        At += at;
        return false;
    }

    private readonly bool BeginsObject(ReadOnlySpan<byte> line) => indent < line.Length && line[indent] == '{' && line[..indent].IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;
}
