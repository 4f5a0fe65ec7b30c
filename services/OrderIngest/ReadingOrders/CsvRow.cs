using System.Text;
using System.Text.Unicode;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// A CSV record cut into fields (RFC 4180; comma and UTF-8 unless told otherwise). A field becomes text only when it is asked for: two thirds of a flat file say
/// again what the row above said.
/// </summary>
internal sealed class CsvRow
{
    private readonly List<Piece> _pieces;
    private readonly byte _delimiter;
    private readonly Encoding? _encoding;

    private CsvRow(RawRecord record, int expected, byte delimiter, Encoding? encoding) => (Record, _pieces, _delimiter, _encoding) = (record, new(expected), delimiter, encoding);

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
            if (_encoding is null && !Utf8.IsValid(bytes))
                return null;
            var text = _encoding is null ? Encoding.UTF8.GetString(bytes) : Decode(bytes);
            return text is null ? null : _pieces[column].HasDoubledQuotes ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
        }
    }

    /// <summary>True when there is nothing in any field.</summary>
    public bool IsBlank
    {
        get
        {
            for (var column = 0; column < Count; column++)
            {
                if (!IsBlankAt(column))
                    return false;
            }
            return true;
        }
    }

    /// <summary>True for a row to pass over: nothing in any field, and not the beginning of a row that was cut off behind blank fields.</summary>
    public bool IsNothing => IsBlank && (Record.HasLineEnd || Count == 1);

    /// <param name="record">The bytes.</param>
    /// <param name="expected">Fields there will probably be.</param>
    /// <param name="delimiter">What stands between them.</param>
    /// <param name="encoding">Strict, one byte a character; null = UTF-8.</param>
    public static CsvRow Of(RawRecord record, int expected = 40, byte delimiter = (byte)',', Encoding? encoding = null)
    {
        var row = new CsvRow(record, expected, delimiter, encoding);
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

    /// <summary>True when there is nothing in the field, or blanks.</summary>
    public bool IsBlankAt(int column)
    {
        if (_pieces[column].IsBroken)
            return false;
        var bytes = Bytes(column).Trim(" \t\r\n"u8);
        // Other alphabets have blanks of their own.
        return bytes.IsEmpty || !char.IsAscii((char)bytes[0]) && string.IsNullOrWhiteSpace(this[column] ?? "?");
    }

    /// <summary>True when there is nothing in the field at all.</summary>
    public bool IsEmpty(int column) => !_pieces[column].IsBroken && _pieces[column].Length == 0;

    /// <summary>The field's bytes; false when they are not its text byte by byte.</summary>
    public bool TryBytes(int column, out ReadOnlySpan<byte> bytes)
    {
        bytes = Bytes(column);
        return _pieces[column] is { IsBroken: false, HasDoubledQuotes: false };
    }

    private string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _encoding!.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // Not text in the encoding that is configured.
            return null;
        }
    }

    private ReadOnlySpan<byte> Bytes(int column) => Record.Bytes.AsSpan(_pieces[column].Start, _pieces[column].Length);

    /// <summary>Adds the field that begins here and answers where its comma is, or the end.</summary>
    private int Plain(ReadOnlySpan<byte> bytes, int start)
    {
        var length = start < bytes.Length ? bytes[start..].IndexOf(_delimiter) : 0;
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
            if (at + 1 < bytes.Length && bytes[at + 1] != _delimiter)
                break;
            _pieces.Add(new(start + 1, at - start - 1, HasDoubledQuotes: doubled));
            return at + 1;
        }
        // Never closed, or closed in the middle: what follows cannot be told apart, up to the next comma at least.
        _pieces.Add(new(start, 0, IsBroken: true));
        var comma = bytes[start..].IndexOf(_delimiter);
        return comma < 0 ? bytes.Length : start + comma;
    }

    private readonly record struct Piece(int Start, int Length, bool HasDoubledQuotes = false, bool IsBroken = false);
}
