using System.Text;
using System.Text.Unicode;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// A CSV record cut into fields (RFC 4180, comma, UTF-8). A field becomes text only when it is asked for: two thirds of a flat file say again
/// what the row above said.
/// </summary>
internal sealed class CsvRow
{
    private readonly List<Piece> _pieces;

    private CsvRow(RawRecord record, int expected) => (Record, _pieces) = (record, new(expected));

    public RawRecord Record { get; }

    public int Count => _pieces.Count;

    /// <summary>The field's text; null when its bytes or quotes make no text.</summary>
    public string? this[int column]
    {
        get
        {
            var bytes = Bytes(column);
            if (bytes.IsEmpty)
                return _pieces[column].IsBroken ? null : "";
            if (!Utf8.IsValid(bytes))
                return null;
            var text = Encoding.UTF8.GetString(bytes);
            return _pieces[column].HasDoubledQuotes ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
        }
    }

    /// <summary>True when there is nothing in any field.</summary>
    public bool IsBlank
    {
        get
        {
            for (var column = 0; column < Count; column++)
            {
                if (_pieces[column].IsBroken || !string.IsNullOrWhiteSpace(this[column] ?? "?"))
                    return false;
            }
            return true;
        }
    }

    public static CsvRow Of(RawRecord record, int expected = 40)
    {
        var row = new CsvRow(record, expected);
        ReadOnlySpan<byte> bytes = record.Bytes;
        var at = record.Row == 1 && bytes.StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;
        bytes = bytes.TrimEnd((byte)'\n').TrimEnd((byte)'\r');
        while (true)
        {
            at = at < bytes.Length && bytes[at] == '"' ? row.Quoted(bytes, at) : row.Plain(bytes, at);
            if (at >= bytes.Length)
                return row;
            at++;
        }
    }

    /// <summary>True when both rows have the same bytes in a column; then they have the same text.</summary>
    public bool SaysTheSame(CsvRow other, int column) =>
        column < Count && column < other.Count && !_pieces[column].IsBroken && !other._pieces[column].IsBroken && Bytes(column).SequenceEqual(other.Bytes(column));

    private ReadOnlySpan<byte> Bytes(int column) => Record.Bytes.AsSpan(_pieces[column].Start, _pieces[column].Length);

    /// <summary>Adds the field that begins here and answers where its comma is, or the end.</summary>
    private int Plain(ReadOnlySpan<byte> bytes, int start)
    {
        var length = start < bytes.Length ? bytes[start..].IndexOf((byte)',') : 0;
        length = length < 0 ? bytes.Length - start : length;
        _pieces.Add(new(start, length));
        return start + length;
    }

    private int Quoted(ReadOnlySpan<byte> bytes, int start)
    {
        var doubled = false;
        for (var at = start + 1; at < bytes.Length; at++)
        {
            if (bytes[at] != '"')
                continue;
            if (at + 1 < bytes.Length && bytes[at + 1] == '"')
            {
                doubled = true;
                at++;
                continue;
            }
            if (at + 1 < bytes.Length && bytes[at + 1] != ',')
                break;
            _pieces.Add(new(start + 1, at - start - 1, HasDoubledQuotes: doubled));
            return at + 1;
        }
        // Never closed, or closed in the middle: what follows cannot be told apart, up to the next comma at least.
        _pieces.Add(new(start, 0, IsBroken: true));
        var comma = bytes[start..].IndexOf((byte)',');
        return comma < 0 ? bytes.Length : start + comma;
    }

    private readonly record struct Piece(int Start, int Length, bool HasDoubledQuotes = false, bool IsBroken = false);
}
