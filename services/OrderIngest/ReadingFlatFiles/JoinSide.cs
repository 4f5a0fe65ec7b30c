using System.Text;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>One of two files that are joined.</summary>
internal sealed class JoinSide(int memory) : IAsyncDisposable
{
    private readonly JoinedRows _rows = new(memory);

    public FlatHeader? Header { get; set; }

    public byte Delimiter { get; set; } = (byte)',';

    /// <summary>Columns of the order's id; -1 for a part that this file does not have.</summary>
    public int[] Id { get; set; } = [];

    /// <summary>The row that came last.</summary>
    public int LastRow { get; private set; }

    /// <summary>Whether a row could not be read or has no id: it may have been any order's.</summary>
    public bool IsDamaged { get; private set; }

    public int Cuts => _rows.Count;

    public static Fault? Broken(RawRecord record) =>
        record.TooLong ? new($"row {record.Row}", $"is longer than {CsvOrderReader.LongestRow} bytes; only these are kept")
        : record.OpenQuote ? new($"row {record.Row}", "has a quote that is never closed")
        : null;

    public int[] Places(IReadOnlyList<IReadOnlyList<ColumnSource>> id) =>
        [.. id.Select(names => names.Select(name => name.Position ?? Header!.Find(name.Name)).FirstOrDefault(place => place is not null) ?? -1)];

    public void Add(RawRecord record, CsvRow row)
    {
        var last = Text(row, Id[^1]);
        IsDamaged |= last is null || row.Count < Header!.Row.Count || Broken(record) is not null;
        LastRow = record.Row;
        _rows.Add(new(Hash(last ?? ""), record.Row, record.Rows, record.Position, (byte)(record.TooLong ? 1 : record.OpenQuote ? 2 : 0), record.Bytes));
    }

    /// <summary>Cuts both sides alike.</summary>
    public void AlignWith(JoinSide other)
    {
        if (Cuts == other.Cuts)
            return;
        _rows.Spill();
        other._rows.Spill();
    }

    public IEnumerable<(RawRecord Record, CsvRow Row)> Read(int cut, FlatLayout layout)
    {
        foreach (var kept in _rows.Read(cut))
        {
            var record = new RawRecord(kept.Bytes, kept.Row, kept.Rows) { Position = kept.Position, TooLong = kept.Broken == 1, OpenQuote = kept.Broken == 2 };
            yield return (record, CsvRow.Of(record, Header!.Row.Count, Delimiter, layout.Encoding));
        }
    }

    /// <summary>The order's id by the columns that both files have; null when it is blank or not readable.</summary>
    public string? IdOf(CsvRow row, JoinSide other)
    {
        if (Text(row, Id[^1]) is null)
            return null;
        var id = new StringBuilder();
        for (var i = 0; i < Id.Length; i++)
        {
            if (Id[i] >= 0 && other.Id[i] >= 0)
                id.Append(Text(row, Id[i])).Append('\u001F');
        }
        return id.ToString();
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    private static string? Text(CsvRow row, int place) => place < row.Count && row[place]?.Trim() is { Length: > 0 } text ? text : null;

    // The same in every process: what is read in which order must not change between two readings of a file (FNV-1a).
    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            hash = (hash ^ letter) * 16777619u;
        return hash;
    }
}
