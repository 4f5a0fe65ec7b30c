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
    private RawRecord? _lastRecord;

    public string Key => key;

    /// <summary>The row that was added last, if it has as many fields as it should.</summary>
    public CsvRow? Last => _rows.Count > 0 ? _rows[^1] : null;

    /// <summary>Whether a row could not be read: what else it said, and of which order, nobody knows.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>More rows than an order may have; they are handed on before they fill the memory.</summary>
    public bool IsFull => _count > rules.MaxLines;

    /// <summary>True once the order went over its limit: what follows of it is rejected too.</summary>
    public bool WasFull { get; init; }

    /// <summary>
    /// Whether a row of another key says nothing else than this order's rows do. Two receipts of one till hardly close in the same second with the same total:
    /// the key was damaged then, and the row may be this order's.
    /// </summary>
    public bool MayGoOnWith(CsvRow row)
    {
        if (Last is not { } last)
            return false;
        foreach (var (_, column) in columns.Repeated)
        {
            if (!columns.Key.Contains(column) && !row.SaysTheSame(last, column))
                return false;
        }
        return true;
    }

    public void Add(CsvRow row)
    {
        Keep(row.Record);
        if (row.Count == columns.Count)
            _rows.Add(row);
        else
            Damage(new($"row {row.Record.Row}", $"has {row.Count} fields where the header has {columns.Count}"));
    }

    /// <summary>Takes in a row that cannot be read but stands between rows of this order: without it the order would be half accepted.</summary>
    public void AddUnreadable(RawRecord record, Fault fault)
    {
        Keep(record);
        Damage(fault);
    }

    /// <summary>Notes what is wrong with the order as a whole.</summary>
    public void Fail(Fault fault) => _faults.Add(fault);

    /// <summary>The order, or what is wrong with it.</summary>
    /// <param name="lost">Of this file.</param>
    /// <param name="edge">What stands beside the order.</param>
    public ReadInput Finish(LostLines lost, FileEdge edge)
    {
        edge = source.EdgeOfKept ?? lost.Telling(edge);
        if (WasFull || IsFull)
            _faults.Add(new($"row {_firstRow}", $"begins an order of more than {rules.MaxLines} lines"));
        var order = _rows.Count > 0 ? rules.Check(Split(), source, _faults) : null;
        if (order is not null && lost.Doubt(order, null, order.Totals.Gross, edge) is { } doubt)
        {
            _faults.Add(new($"row {(edge == FileEdge.Cut ? _firstRow : _lastRecord!.Row)}", doubt));
            order = null;
        }
        return new() { Order = order, Source = source.Name, Faults = _faults, Raw = _raw, FirstRow = _firstRow, Rows = _count, HeaderBytes = header.Record.Bytes.Length, Position = _position, Edge = edge };
    }

    private void Damage(Fault fault)
    {
        IsDamaged = true;
        _faults.Add(fault);
    }

    private void Keep(RawRecord record)
    {
        if (_count == 0)
            (_firstRow, _position) = (record.Row, record.Position);
        _lastRecord = record;
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
