using OrderIngest.GuardingSources;

namespace OrderIngest.ReadingOrders;

/// <summary>The rows of one order as they gather.</summary>
internal sealed class CsvOrderRows(string key, CsvColumns columns, CsvRow header, Source source, OrderRules rules)
{
    private readonly List<CsvRow> _rows = [];
    private readonly List<ReadOnlyMemory<byte>> _raw = [header.Record.Bytes];
    private readonly List<Fault> _faults = [];
    private int _firstRow, _count;
    private long _position;

    public string Key => key;

    /// <summary>The row that was added last, if it has as many fields as it should.</summary>
    public CsvRow? Last => _rows.Count > 0 ? _rows[^1] : null;

    /// <summary>More rows than an order may have; they are handed on before they fill the memory.</summary>
    public bool IsFull => _count > rules.MaxLines;

    /// <summary>True once the order went over its limit: what follows of it is rejected too.</summary>
    public bool WasFull { get; init; }

    public void Add(CsvRow row)
    {
        Keep(row.Record);
        if (row.Count == columns.Count)
            _rows.Add(row);
        else
            _faults.Add(new($"row {row.Record.Row}", $"has {row.Count} fields where the header has {columns.Count}"));
    }

    /// <summary>Takes in a row that cannot be read but stands between rows of this order: without it the order would be half accepted.</summary>
    public void AddUnreadable(RawRecord record, Fault fault)
    {
        Keep(record);
        _faults.Add(fault);
    }

    public ReadInput Finish()
    {
        if (WasFull || IsFull)
            _faults.Add(new($"row {_firstRow}", $"begins an order of more than {rules.MaxLines} lines"));
        var order = _rows.Count > 0 ? rules.Check(Split(), source, _faults) : null;
        return new() { Order = order, Source = source.Name, Faults = _faults, Raw = _raw, FirstRow = _firstRow, Rows = _count, HeaderBytes = header.Record.Bytes.Length, Position = _position };
    }

    private void Keep(RawRecord record)
    {
        (_firstRow, _position) = _count == 0 ? (record.Row, record.Position) : (_firstRow, _position);
        _count += record.Rows;
        _raw.Add(record.Bytes);
    }

    private SubmittedFields Split()
    {
        var first = _rows[0];
        foreach (var row in _rows.Skip(1))
        {
            foreach (var (name, index) in columns.Repeated)
            {
                if (row.SaysTheSame(first, index))
                    continue;
                // Left blank below the first row is common, and says nothing new.
                if (!string.IsNullOrWhiteSpace(row[index]) && row[index] != first[index] && row[index]!.Trim() != first[index]?.Trim())
                    _faults.Add(new($"row {row.Record.Row}, {name}", $"differs from row {first.Record.Row} of the same order"));
                else if (row[index] is null)
                    _faults.Add(new($"row {row.Record.Row}, {name}", "is not valid text: bytes that are not UTF-8, or a misplaced quote"));
            }
        }
        var customer = new CsvFields(first, columns.Customer, _faults);
        var original = new CsvFields(first, columns.Original, _faults);
        return new(
            new CsvFields(first, columns.Order, _faults), customer, new CsvFields(first, columns.Totals, _faults), original.IsBlank ? null : original,
            _rows.ConvertAll(row => new CsvFields(row, columns.Line, _faults)));
    }
}
