using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>A row of column names. They are matched whatever their case and the blanks around them.</summary>
internal sealed class FlatHeader
{
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<int> _repeated = [];

    public FlatHeader(CsvRow row)
    {
        Row = row;
        for (var i = 0; i < row.Count; i++)
        {
            if (row[i]?.Trim() is { Length: > 0 } name && !_places.TryAdd(name, i))
                _repeated.Add(_places[name]);
        }
    }

    public CsvRow Row { get; }

    /// <summary>A line above it that says what stands between fields; null where there is none.</summary>
    public byte[]? Before { get; init; }

    /// <summary>All of it, as it came.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Bytes => Before is null ? [Row.Record.Bytes] : [Before, Row.Record.Bytes];

    /// <summary>The column of that name, from 0, or null.</summary>
    public int? Find(string name) => _places.TryGetValue(name.Trim(), out var place) ? place : null;

    /// <summary>Whether another column has the same name.</summary>
    public bool IsRepeated(int place) => _repeated.Contains(place);

    /// <summary>Whether any of the names a layout looks for is here. If not, the row may be anything, a customer's data included.</summary>
    public bool IsKnownBy(FlatLayout layout) => FlatFields.All.SelectMany(layout.Sources).Concat(layout.OrderId.Concat(layout.LineOrderId).SelectMany(names => names)).Any(source => Find(source.Name) is not null);

    /// <summary>The names, for the operator who looks for the right one.</summary>
    public string Names() => string.Join(", ", _places.Keys.Take(100).Select(name => name.Length > 60 ? name[..60] : name));

    /// <summary>The sign that stands between the names: of the usual ones the most frequent outside of quotes; a comma when there is none.</summary>
    public static byte DelimiterOf(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> signs = [(byte)',', (byte)';', (byte)'|', (byte)'\t'];
        Span<int> counts = stackalloc int[signs.Length];
        var quoted = false;
        foreach (var letter in bytes)
        {
            quoted ^= letter == '"';
            if (!quoted && signs.IndexOf(letter) is >= 0 and var sign)
                counts[sign]++;
        }
        var best = 0;
        for (var i = 1; i < counts.Length; i++)
            best = counts[i] > counts[best] ? i : best;
        return signs[best];
    }
}
