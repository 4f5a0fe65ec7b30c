using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>The rows of one order as they gather.</summary>
internal sealed class FlatOrderRows(FlatTable table, Source source, OrderRules rules)
{
    private readonly List<CsvRow> _lines = [];
    private readonly List<CsvRow> _repeats = [];
    private readonly List<ReadOnlyMemory<byte>> _raw = [.. table.Header];
    private readonly List<Fault> _faults = [];
    private int _firstRow, _rows;
    private long _position;
    private FileEdge _edge;

    /// <summary>The row that tells what the order is, or null when no such row could be read.</summary>
    public CsvRow? First { get; private set; }

    /// <summary>The first row, readable or not beyond its key: it tells which rows belong together.</summary>
    public CsvRow? KeyRow { get; private set; }

    /// <summary>The row that was added last.</summary>
    public RawRecord? Last { get; private set; }

    /// <summary>Whether a row could not be read: what else it said, and of which order, nobody knows.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>More rows than an order may have; they are handed on before they fill the memory.</summary>
    public bool IsFull => _rows > rules.MaxLines;

    /// <summary>True once the order went over its limit: what follows of it is rejected too.</summary>
    public bool WasFull { get; init; }

    /// <summary>A row that speaks of the order and of a line.</summary>
    public void Add(CsvRow row)
    {
        Keep(row.Record);
        KeyRow ??= row;
        if (!IsWhole(row, table.Order))
            return;
        if (First is null)
            First = row;
        else
            _repeats.Add(row);
        if (table.Line.OfLine.Any(field => !row.IsBlankAt(table.Line.Place(field))))
            _lines.Add(row);
    }

    /// <summary>
    /// Whether a row of another key says nothing else than this order's rows do. Two receipts of one till hardly close in the same second with the same total:
    /// the key was damaged then, and the row may be this order's.
    /// </summary>
    public bool MayGoOnWith(CsvRow row) => KeyRow is { } first && table.Order.BesideKey.All(column => column < row.Count && column < first.Count && (row.SaysTheSame(first, column) || row.IsBlankAt(column)));

    /// <summary>A row that speaks of the order only.</summary>
    public void AddOrder(CsvRow row)
    {
        Keep(row.Record);
        if (IsWhole(row, table.Order))
            First = row;
        if (table.LinesHeader is not { } header)
            return;
        // Kept so that what is kept can be read again: orders, then the header of lines and the lines.
        if (!row.Record.HasLineEnd)
            _raw.Add("\n"u8.ToArray());
        _raw.Add(header);
    }

    /// <summary>A row that speaks of a line only.</summary>
    public void AddLine(CsvRow row)
    {
        Keep(row.Record);
        if (IsWhole(row, table.Line))
            _lines.Add(row);
    }

    /// <summary>Takes in a row that cannot be read but may belong to this order: without it the order could be half accepted.</summary>
    public void AddUnreadable(RawRecord record, Fault fault)
    {
        Keep(record);
        Damage(fault);
    }

    /// <summary>Notes what is wrong with the order as a whole.</summary>
    public void Fail(Fault fault) => _faults.Add(fault);

    /// <summary>Keeps a row that says nothing about the order.</summary>
    public void Keep(RawRecord record)
    {
        if (_rows == 0)
            (_firstRow, _position) = (record.Row, record.Position);
        _rows += record.Rows;
        _raw.Add(record.Bytes);
        Last = record;
    }

    /// <summary>The order, both orders of an exchange, why it is none, or what is wrong.</summary>
    public IReadOnlyList<ReadInput> Finish(LostLines lost, FileEdge edge)
    {
        _edge = source.EdgeOfKept ?? lost.Telling(edge);
        if (WasFull || IsFull)
            _faults.Add(new($"row {_firstRow}", $"begins an order of more than {rules.MaxLines} lines"));
        var noted = new List<Fault>(_faults);
        Receipt? receipt = null;
        string? skipped = null;
        if (First is not null)
        {
            Compare(noted);
            (receipt, skipped) = FlatReceipt.Of(new(First, table.Order, table.Layout, noted), _lines, table.Line, table.Layout, source, noted);
            if (skipped is null && _lines.Count == 0 && !IsDamaged)
                noted.Add(new($"row {_firstRow}", "is of an order without a single line"));
        }
        else if (_faults.Count == 0)
            noted.Add(new($"row {_firstRow}", "is of an order that no readable row says anything about"));
        if (noted.Count > 0 || receipt is null)
            return [Input(noted.Count > 0 ? null : skipped) with { Faults = All(receipt, noted) }];
        var (inputs, gross) = (ReceiptInputs.Of(_ => (receipt, null), source, rules, _raw, _firstRow, _rows, _position, []).ToList(), receipt.Gross);
        inputs = inputs.ConvertAll(input => input with { HeaderBytes = table.HeaderBytes, Edge = _edge });
        inputs[0] = inputs[0] with { Faults = [.. inputs[0].Faults.Select(Named)] };
        if (inputs[0].Order is not { } order)
            return inputs;
        var doubt = lost.Doubt(order, inputs.Count > 1 ? inputs[1].Order : null, gross, _edge);
        return doubt is null ? inputs : [Input(null) with { Faults = [new($"row {(_edge is FileEdge.Cut or FileEdge.Repeated ? _firstRow : Last!.Row)}", doubt)] }];
    }

    private ReadInput Input(string? skipped) =>
        new() { Source = source.Name, Faults = [], Raw = _raw, FirstRow = _firstRow, Rows = _rows, HeaderBytes = table.HeaderBytes, Position = _position, Edge = _edge, Skipped = skipped };

    /// <summary>What the rules say besides what was noted already, so that everything is told at once.</summary>
    private List<Fault> All(Receipt? receipt, List<Fault> noted)
    {
        if (receipt is null || receipt.Lines.Count == 0)
            return noted;
        var faults = new List<Fault>();
        receipt.Currency ??= source.Currency;
        foreach (var part in ReceiptSettling.Settle(receipt, source.ZoneOf(receipt.StoreId), faults))
            rules.Check(part.Fields, source, faults);
        // What could not be read is missing in the receipt: that it is required as well says nothing new.
        return [.. noted, .. faults.Select(Named).Where(fault => !noted.Exists(known => known.At == fault.At)).Distinct()];
    }

    private bool IsWhole(CsvRow row, FlatColumns columns)
    {
        var expected = columns.Count;
        if (row.Count < Math.Max(expected, columns.Least) || expected > 0 && row.Count > expected && Enumerable.Range(expected, row.Count - expected).Any(place => !row.IsBlankAt(place)))
        {
            Damage(new($"{columns.RowName} {row.Record.Row}", expected > 0 ? $"has {row.Count} fields where the header has {expected}" : $"has {row.Count} fields where at least {columns.Least} are needed"));
            return false;
        }
        return true;
    }

    private void Damage(Fault fault)
    {
        IsDamaged = true;
        _faults.Add(fault);
    }

    /// <summary>What is said again in an order's further rows must be the same, or blank.</summary>
    private void Compare(List<Fault> faults)
    {
        foreach (var row in _repeats)
        {
            foreach (var field in table.Order.OfOrder)
            {
                var place = table.Order.Place(field);
                if (row.SaysTheSame(First!, place) || row.IsBlankAt(place))
                    continue;
                if (row[place] is not { } text)
                    faults.Add(new($"row {row.Record.Row}, {table.Order.Name(field)}", "is not valid text"));
                else if (text.Trim() != First![place]?.Trim())
                    faults.Add(new($"row {row.Record.Row}, {table.Order.Name(field)}", $"differs from row {First.Record.Row} of the same order"));
            }
        }
    }

    /// <summary>The rules speak of fields; the file has columns.</summary>
    private Fault Named(Fault fault)
    {
        var comma = fault.At.IndexOf(", ", StringComparison.Ordinal);
        if (fault.At.StartsWith("row ", StringComparison.Ordinal) || fault.At.StartsWith("lines row ", StringComparison.Ordinal))
            return comma > 0 && FlatFields.Find($"line.{fault.At[(comma + 2)..]}") is { } ofLine ? fault with { At = $"{fault.At[..comma]}, {table.Line.Name(ofLine)}" } : fault;
        var name = FlatFields.Find(fault.At.Replace(", ", ".", StringComparison.Ordinal)) is { } field ? table.Order.Name(field) : fault.At;
        return fault with { At = $"row {_firstRow}, {name}" };
    }
}
