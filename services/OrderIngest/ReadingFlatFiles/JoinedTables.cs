using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>
/// A file of orders and one of their lines, joined by the order's id. Neither needs to be sorted. Nothing is handed on before both are read: any row of lines may
/// be one of any order.
/// </summary>
internal sealed class JoinedTables(Source source, OrderRules rules, long most = long.MaxValue) : IAsyncDisposable
{
    private const int Memory = 16 * 1024 * 1024;

    private FlatLayout _layout = source.Flat!;
    private readonly JoinSide _orders = new(Memory), _lines = new(Memory);
    private readonly Allowance _allowance = new(most);
    private JoinSide? _current;

    /// <summary>Both are UTF-8, whatever is configured.</summary>
    public Source InUtf8()
    {
        source = source.InUtf8();
        _layout = source.Flat!;
        return source;
    }

    /// <summary>Whether these are the columns of lines.</summary>
    public bool IsOfLines(FlatHeader header)
    {
        var configured = FlatFields.All.Where(FlatFields.IsOfLine).SelectMany(_layout.Sources).Where(name => name is { IsConfigured: true, Constant: null, Position: null }).ToList();
        FlatField[] goods = [FlatField.Sku, FlatField.Barcode, FlatField.Description];
        return IsAny(header, _layout.LineOrderId[^1])
            && (configured.Count > 0 ? configured.TrueForAll(name => header.Find(name.Name) is not null) : goods.SelectMany(_layout.Sources).Any(name => header.Find(name.Name) is not null));
    }

    /// <summary>The rows that follow have these columns.</summary>
    /// <exception cref="UnreadableHeaderException">They are not the columns of the one file nor of the other.</exception>
    public void Begin(FlatHeader header, byte delimiter)
    {
        var isOfLines = IsOfLines(header);
        _current = isOfLines ? _lines : _orders;
        if (_current.Header is not null)
            throw new UnreadableHeaderException([Wanted(), .. new[] { _current.Header, header }.Select(Told)]);
        (_current.Header, _current.Delimiter) = (header, delimiter);
        _current.Id = _current.Places(isOfLines ? _layout.LineOrderId : _layout.OrderId);
        if (_current.Id[^1] < 0)
            throw new UnreadableHeaderException([Wanted(), Told(header)]);
    }

    public void Take(RawRecord record)
    {
        // Several orders that were kept, one behind the other: each has both header rows.
        foreach (var side in (ReadOnlySpan<JoinSide>)[_orders, _lines])
        {
            if (side.Header?.Row.Record is { } known && WithoutEdges(record.Bytes).SequenceEqual(WithoutEdges(known.Bytes)))
            {
                _current = side;
                return;
            }
        }
        var row = CsvRow.Of(record, 40, _current!.Delimiter, _layout.Encoding);
        if (row.IsNothing)
            return;
        if (_current == _orders && _lines.Header is null && NamesId(row) && new FlatHeader(row) is var header && IsOfLines(header))
        {
            // Both files in one, one behind the other.
            Begin(header, _current.Delimiter);
            return;
        }
        _allowance.Take(JoinedRows.Beside + record.Bytes.Length);
        _current.Add(record, row);
    }

    /// <summary>Every order, and every line that belongs to none.</summary>
    public IEnumerable<ReadInput> Finish()
    {
        if (_orders.Header is null || _lines.Header is null)
            throw new UnreadableHeaderException([Wanted(), .. new[] { _orders.Header, _lines.Header }.Where(header => header is not null).Select(header => Told(header!))]);
        var table = FlatTable.Of(source, _orders.Header, _lines.Header, _orders.Delimiter);
        var lost = new LostLines(source.Rows.MustAddUp, bothWays: true);
        _orders.AlignWith(_lines);
        for (var cut = 0; cut < _orders.Cuts; cut++)
        {
            var lines = Lines(cut, table, out var alone);
            foreach (var input in alone)
                yield return input;
            var edge = _orders.Read(cut, _layout).Any(order => JoinSide.Broken(order.Record) is null && !(_orders.IdOf(order.Row, _lines) is { } id && lines.ContainsKey(id)))
                ? FileEdge.LinesElsewhere : FileEdge.None;
            foreach (var (record, row) in _orders.Read(cut, _layout))
            {
                foreach (var input in Order(record, row, lines, table, edge, lost))
                    yield return input;
            }
            foreach (var (record, _) in lines.Values.Where(found => !found.IsUsed).SelectMany(found => found.Rows))
                yield return Alone(table, record, new($"lines row {record.Row}", "is of an order that is not in the file of orders"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _orders.DisposeAsync();
        await _lines.DisposeAsync();
    }

    private IReadOnlyList<ReadInput> Order(RawRecord record, CsvRow row, Dictionary<string, LinesOfOrder> lines, FlatTable table, FileEdge beside, LostLines lost)
    {
        var order = new FlatOrderRows(table, source, rules);
        if (JoinSide.Broken(record) is { } broken)
            order.AddUnreadable(record, broken);
        else
            order.AddOrder(row);
        var edge = _lines.IsDamaged || record.Row == _orders.LastRow ? FileEdge.End : beside;
        var isRepeated = false;
        var isTorn = record.Row == _orders.LastRow && !record.HasLineEnd;
        if (_orders.IdOf(row, _lines) is { } id && lines.TryGetValue(id, out var found))
        {
            if (found.IsUsed)
            {
                isRepeated = true;
                order.Fail(new($"row {record.Row}", LostLines.SaysRepeated));
            }
            found.IsUsed = true;
            foreach (var (line, cells) in found.Rows)
            {
                if (order.IsFull)
                    break;
                order.AddLine(cells);
                edge = line.Row == _lines.LastRow ? FileEdge.End : edge;
                isTorn |= line.Row == _lines.LastRow && !line.HasLineEnd;
            }
        }
        isTorn = source.EdgeOfKept is { } kept ? kept == FileEdge.TornEnd : isTorn;
        if (isTorn && source.Rows.RequireLineEnd)
            order.Fail(new($"row {order.Last!.Row}", "has no line end: the file was cut off here"));
        return order.Finish(lost, isRepeated ? FileEdge.Repeated : isTorn ? FileEdge.TornEnd : edge);
    }

    private Dictionary<string, LinesOfOrder> Lines(int cut, FlatTable table, out List<ReadInput> alone)
    {
        var lines = new Dictionary<string, LinesOfOrder>(StringComparer.Ordinal);
        alone = [];
        foreach (var (record, row) in _lines.Read(cut, _layout))
        {
            if (JoinSide.Broken(record) is { } broken)
                alone.Add(Alone(table, record, broken with { At = $"lines {broken.At}" }));
            else if (_lines.IdOf(row, _orders) is not { } id)
                alone.Add(Alone(table, record, new($"lines row {record.Row}", "cannot be assigned to an order: its id is blank or not readable")));
            else if (lines.TryGetValue(id, out var known))
                known.Rows.Add((record, row));
            else
                lines[id] = new() { Rows = { (record, row) } };
        }
        return lines;
    }

    private ReadInput Alone(FlatTable table, RawRecord record, Fault fault) => new()
    {
        Source = source.Name,
        Faults = [fault],
        Raw = [.. table.Header, table.LinesHeader!.Value, record.Bytes],
        FirstRow = record.Row,
        Rows = record.Rows,
        Position = record.Position,
        Edge = FileEdge.Damage,
    };

    private Fault Wanted() => new(
        $"{OrderIngestOptions.Section}:{nameof(OrderIngestOptions.Sources)}:{source.Name}",
        $"wants two files: one of orders, with {Columns(_layout.OrderId)}, and one of lines, with {Columns(_layout.LineOrderId)} and the columns of lines; the second one is named with --lines, or both come in one zip or one behind the other");

    private Fault Told(FlatHeader header) => new($"row {header.Row.Record.Row}", header.IsKnownBy(_layout) ? $"has the columns {header.Names()}" : "has none of the column names that were looked for");

    private static string Columns(IReadOnlyList<IReadOnlyList<ColumnSource>> id) => string.Join(" and ", id[^1].Select(name => name.Name).Take(1));

    private static ReadOnlySpan<byte> WithoutEdges(ReadOnlySpan<byte> row) => (row.StartsWith("\uFEFF"u8) ? row["\uFEFF"u8.Length..] : row).TrimEnd("\r\n"u8);

    /// <summary>Whether a field of the row is the name of the id's column: a quick look, as it is asked of every order.</summary>
    private bool NamesId(CsvRow row)
    {
        for (var place = 0; place < row.Count; place++)
        {
            foreach (var name in _layout.LineOrderId[^1])
            {
                if (row.TryBytes(place, out var bytes) && bytes.Length >= name.Name.Length && name.Name.Equals(row[place]?.Trim(), StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }
        return false;
    }

    private static bool IsAny(FlatHeader header, IReadOnlyList<ColumnSource> names) => names.Any(name => header.Find(name.Name) is not null);

    private sealed class LinesOfOrder
    {
        public List<(RawRecord Record, CsvRow Row)> Rows { get; } = [];

        public bool IsUsed { get; set; }
    }
}
