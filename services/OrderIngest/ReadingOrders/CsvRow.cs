using System.Text;
using System.Text.Unicode;

namespace OrderIngest.ReadingOrders;

/// <summary>A CSV record cut into fields (RFC 4180, comma, UTF-8).</summary>
internal sealed class CsvRow
{
    private readonly List<string?> _fields = new(40);

    private CsvRow(RawRecord record) => Record = record;

    public RawRecord Record { get; }

    public int Count => _fields.Count;

    /// <summary>The field's text; null when its bytes or quotes make no text.</summary>
    public string? this[int column] => _fields[column];

    /// <summary>True when there is nothing in any field.</summary>
    public bool IsBlank => _fields.TrueForAll(text => text is not null && string.IsNullOrWhiteSpace(text));

    public static CsvRow Of(RawRecord record)
    {
        var row = new CsvRow(record);
        ReadOnlySpan<byte> bytes = record.Bytes;
        if (record.Row == 1 && bytes.StartsWith("\uFEFF"u8))
            bytes = bytes["\uFEFF"u8.Length..];
        bytes = bytes.TrimEnd((byte)'\n').TrimEnd((byte)'\r');
        while (true)
        {
            bytes = bytes is [(byte)'"', ..] ? row.Quoted(bytes) : row.Plain(bytes);
            if (bytes.IsEmpty)
                return row;
            bytes = bytes[1..];
            if (bytes.IsEmpty)
            {
                row._fields.Add("");
                return row;
            }
        }
    }

    /// <summary>Adds the first field and answers with what follows, from the comma on.</summary>
    private ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)',');
        var field = end < 0 ? bytes : bytes[..end];
        Add(field);
        return bytes[field.Length..];
    }

    private ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> bytes)
    {
        var doubled = false;
        for (var at = 1; at < bytes.Length; at++)
        {
            if (bytes[at] != '"')
                continue;
            if (at + 1 < bytes.Length && bytes[at + 1] == '"')
            {
                doubled = true;
                at++;
                continue;
            }
            var rest = bytes[(at + 1)..];
            if (!rest.IsEmpty && rest[0] != ',')
                break;
            Add(bytes[1..at]);
            if (doubled)
                _fields[^1] = _fields[^1]?.Replace("\"\"", "\"", StringComparison.Ordinal);
            return rest;
        }
        // Never closed, or closed in the middle: what follows cannot be told apart, up to the next comma at least.
        _fields.Add(null);
        var comma = bytes.IndexOf((byte)',');
        return comma < 0 ? [] : bytes[comma..];
    }

    private void Add(ReadOnlySpan<byte> field) => _fields.Add(Utf8.IsValid(field) ? Encoding.UTF8.GetString(field) : null);
}
