using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>A flat file whose header is understood: what is needed to make sense of the rows below it.</summary>
internal sealed class FlatTable
{
    private readonly byte _delimiter;

    private FlatTable(FlatLayout layout, byte delimiter, IReadOnlyList<ReadOnlyMemory<byte>> header, FlatColumns order, FlatColumns line, int type)
    {
        (Layout, _delimiter, Header, Order, Line, Type) = (layout, delimiter, header, order, line, type);
    }

    public FlatLayout Layout { get; }

    /// <summary>The bytes of the header rows.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Header { get; }

    /// <summary>How many bytes they are where all rows stand below them; 0 where lines have a header row of their own further down.</summary>
    public int HeaderBytes => LinesHeader is null ? Header.Sum(row => row.Length) : 0;

    /// <summary>The header row of the file of lines, where that is a second file.</summary>
    public ReadOnlyMemory<byte>? LinesHeader { get; private init; }

    /// <summary>Columns of rows that speak of an order.</summary>
    public FlatColumns Order { get; }

    /// <summary>Columns of rows that speak of a line; the same where each row speaks of both.</summary>
    public FlatColumns Line { get; }

    /// <summary>The column that tells rows apart, from 0; -1 where there is none.</summary>
    public int Type { get; }

    public CsvRow RowOf(RawRecord record) => CsvRow.Of(record, Math.Max(Order.Count, 16), _delimiter, Layout.Encoding);

    /// <summary>A file whose rows all belong to one table.</summary>
    /// <param name="records">From its beginning.</param>
    /// <param name="source">Whose it is.</param>
    /// <param name="isTurned">Whether its bytes were another encoding's: what is kept of it begins with the mark of UTF-8, header row or not.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async ValueTask<FlatTable> Open(RecordReader records, Source source, bool isTurned, CancellationToken cancellationToken)
    {
        var layout = source.Flat!;
        var headers = new List<FlatHeader>();
        for (var i = 0; i < layout.Rows.HeaderRows; i++)
            headers.Add(await HeaderRow(records, layout, cancellationToken));
        return Of(layout, source, records.Delimiter, headers, isTurned && headers.Count == 0);
    }

    /// <summary>The row that closes a file of the source below this header; empty where no file of it has one.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> TrailerRow(Source source, ReadOnlyMemory<byte> header, CancellationToken cancellationToken)
    {
        if (source.Flat is not { Rows.Trailer: { } word } layout)
            return default;
        try
        {
            using var stream = new MemoryStream(header.ToArray(), writable: false);
            var table = await Open(FlatFileReader.Records(stream, layout), source, isTurned: false, cancellationToken);
            return (layout.Encoding is { } encoding && !header.Span.StartsWith(System.Text.Encoding.UTF8.Preamble) ? encoding : System.Text.Encoding.UTF8).GetBytes($"{new string((char)table._delimiter, table.Type)}{word.Trim()}\n");
        }
        catch (UnreadableHeaderException)
        {
            // By today's configuration it is another file: whoever sends it hears so.
            return default;
        }
    }

    /// <summary>The next row as one of column names.</summary>
    /// <exception cref="UnreadableHeaderException">There is none.</exception>
    public static async ValueTask<FlatHeader> HeaderRow(RecordReader records, FlatLayout layout, CancellationToken cancellationToken)
    {
        var record = await records.Next(cancellationToken);
        byte[]? before = null;
        if (record is { Row: 1 } && layout.Delimiter is null && SeparatorLine(record.Bytes) is { } told)
        {
            // The line that Excel writes, and shows nobody.
            (records.Delimiter, before) = (told, record.Bytes);
            record = await records.Next(cancellationToken);
        }
        if (record is null)
            throw new UnreadableHeaderException([new("row 1", "is missing: the file is empty")]);
        if (records.Delimiter == 0)
            records.Delimiter = FlatHeader.DelimiterOf(record.Bytes);
        if (!record.HasLineEnd)
            throw new UnreadableHeaderException([new($"row {record.Row}", "is all there is, and has no line end: the file was cut off")]);
        return new(CsvRow.Of(record, 40, records.Delimiter, layout.Encoding)) { Before = before };
    }

    /// <summary>Makes sense of header rows: none, one for all rows, or one for orders and one for lines.</summary>
    /// <exception cref="UnreadableHeaderException">What the configuration says does not fit them.</exception>
    public static FlatTable Of(FlatLayout layout, Source source, byte delimiter, IReadOnlyList<FlatHeader> headers, bool isMarked = false)
    {
        var faults = new List<Fault>();
        FlatHeader? first = headers.Count > 0 ? headers[0] : null, last = headers.Count > 0 ? headers[^1] : null;
        var isTyped = layout.TypeColumn is not null;
        var order = new FlatColumns(layout, first, field => !isTyped || !FlatFields.IsOfLine(field), faults);
        var line = isTyped ? new FlatColumns(layout, last, FlatFields.IsOfLine, faults) : order;
        var type = layout.TypeColumn is { } column ? column.Position ?? first?.Find(column.Name) ?? -1 : -1;
        if (isTyped && (type < 0 || headers.Count == 2 && layout.TypeColumn!.Position is null && last!.Find(layout.TypeColumn.Name) != type))
            faults.Add(new($"row 1, {layout.TypeColumn!.Name}", $"is missing among the column names, or not in the same place in both header rows; {nameof(RowsOptions.TypeColumn)} is to come from it"));
        Require(order, line, source, faults);
        Tell(headers, layout, source, faults);
        return new(layout, delimiter, [.. isMarked ? [System.Text.Encoding.UTF8.Preamble.ToArray()] : Array.Empty<ReadOnlyMemory<byte>>(), .. headers.SelectMany(header => header.Bytes)], order, line, type);
    }

    /// <summary>Two tables: one of orders, one of their lines.</summary>
    /// <exception cref="UnreadableHeaderException">What the configuration says does not fit them.</exception>
    public static FlatTable Of(Source source, FlatHeader orders, FlatHeader lines, byte delimiter)
    {
        var faults = new List<Fault>();
        var layout = source.Flat!;
        var order = new FlatColumns(layout, orders, field => !FlatFields.IsOfLine(field), faults);
        var line = new FlatColumns(layout, lines, FlatFields.IsOfLine, faults, "lines row");
        Require(order, line, source, faults);
        Tell([orders, lines], layout, source, faults);
        return new(layout, delimiter, orders.Bytes, order, line, -1) { LinesHeader = WithoutMark(lines.Row.Record.Bytes) };
    }

    private static void Require(FlatColumns order, FlatColumns line, Source source, List<Fault> faults)
    {
        Need(FlatField.StoreId);
        if (source.Currency is null)
            Need(FlatField.Currency);
        if (!order.Has(FlatField.OccurredTime))
            Need(FlatField.OccurredAt);
        else if (!order.Has(FlatField.OccurredDate))
            Need(FlatField.BusinessDate);
        if (order.Place(FlatField.OrderNumber) < 0)
        {
            Need(FlatField.RegisterId);
            Need(FlatField.ReceiptNumber);
            if (order.Constant(FlatField.ReceiptNumber) is not null)
                faults.Add(new(Columns(FlatField.ReceiptNumber), "is the same for every row, so nothing tells one order from the next"));
        }
        NeedOne(FlatField.Sku, FlatField.Barcode, FlatField.Description);
        NeedOne(FlatField.LineTotal, FlatField.LineNet, FlatField.UnitPrice);

        void Need(FlatField field)
        {
            if (!order.Has(field))
                faults.Add(new("row 1", $"has no column for {FlatFields.Name(field)}: {Columns(field)} says which it is (name, or position such as #3), or what it is for every row (=text)"));
        }

        void NeedOne(params FlatField[] fields)
        {
            if (!Array.Exists(fields, line.Has))
                faults.Add(new("row 1", $"has no column for any of {string.Join(", ", fields.Select(FlatFields.Name))}: {Columns(fields[0])} says which it is"));
        }

        string Columns(FlatField field) => $"{OrderIngestOptions.Section}:{nameof(OrderIngestOptions.Sources)}:{source.Name}:{nameof(SourceOptions.Columns)}:{FlatFields.Name(field)}";
    }

    private static void Tell(IReadOnlyList<FlatHeader> headers, FlatLayout layout, Source source, List<Fault> faults)
    {
        if (faults.Count == 0)
            return;
        foreach (var header in headers)
        {
            faults.Add(new($"row {header.Row.Record.Row}", header.IsKnownBy(layout)
                ? $"has the columns {header.Names()}"
                : $"has none of the column names that were looked for: is it a header row? For a file without one see {OrderIngestOptions.Section}:{nameof(OrderIngestOptions.Sources)}:{source.Name}:{nameof(SourceOptions.Rows)}:{nameof(RowsOptions.HeaderRows)}"));
        }
        throw new UnreadableHeaderException(faults);
    }

    // In the middle of what is kept it would be part of a name.
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> row) => row.Span.StartsWith(System.Text.Encoding.UTF8.Preamble) ? row[System.Text.Encoding.UTF8.Preamble.Length..] : row;

    private static byte? SeparatorLine(ReadOnlyMemory<byte> line)
    {
        var bytes = WithoutMark(line).Span.TrimEnd("\r\n"u8);
        return bytes.Length == 5 && bytes.StartsWith("sep="u8) && FlatLayout.Delimiters.Values.Contains(bytes[4]) ? bytes[4] : null;
    }
}
