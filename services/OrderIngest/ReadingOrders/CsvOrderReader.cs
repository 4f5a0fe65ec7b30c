using System.Runtime.CompilerServices;
using OrderIngest.GuardingSources;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// Reads orders from a flat file. A bad row rejects the whole order it belongs to; a row that belongs to none is rejected alone. Holds one
/// order in memory at a time.
/// </summary>
internal sealed class CsvOrderReader(OrderRules rules) : IOrderReader
{
    /// <summary>Longest row: all columns at their longest, quoted, fit in.</summary>
    public const int LongestRow = 64 * 1024;

    public async IAsyncEnumerable<ReadInput> Read(Stream stream, Source source, ReadingPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var records = new RecordReader(stream, LongestRow, quotes: true);
        await foreach (var input in Read(records, source, cancellationToken))
        {
            place.Position = records.Position;
            yield return input;
        }
    }

    /// <exception cref="UnreadableHeaderException">The header row does not name the columns; nothing below it can be understood.</exception>
    public async IAsyncEnumerable<ReadInput> Read(RecordReader records, Source source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await records.Next(cancellationToken) is not { } first)
            throw new UnreadableHeaderException([new("row 1", "is missing: the file is empty")]);
        var header = CsvRow.Of(first);
        var faults = new List<Fault>();
        var columns = CsvColumns.Of(header, faults) ?? throw new UnreadableHeaderException(faults);

        CsvOrderRows? order = null;
        var unassigned = new List<(RawRecord Record, Fault Fault)>();
        while (await records.Next(cancellationToken) is { } record)
        {
            var row = CsvRow.Of(record, columns.Count);
            if (row.IsBlank)
                continue;
            // The same bytes are the same key: most rows need not be looked at more closely.
            var same = order?.Last is { } last && columns.Key.All(column => row.SaysTheSame(last, column));
            var key = Fault(record) is not null ? null : same ? order!.Key : KeyOf(row, columns);
            if (key is null)
            {
                unassigned.Add((record, Fault(record) ?? new($"row {record.Row}", "cannot be assigned to an order: its key columns are not readable")));
                if (unassigned.Count <= rules.MaxLines)
                    continue;
            }
            if (order is not null && key == order.Key && !order.IsFull)
            {
                // Between two rows of one order: it is a row of that order.
                foreach (var (unreadable, fault) in unassigned)
                    order.AddUnreadable(unreadable, fault);
                unassigned.Clear();
                order.Add(row);
                continue;
            }
            var more = order is not null && key == order.Key;
            if (order is not null)
                yield return order.Finish();
            foreach (var (unreadable, fault) in unassigned)
                yield return Alone(header, source, unreadable, fault);
            unassigned.Clear();
            order = key is null ? null : new(key, columns, header, source, rules) { WasFull = more };
            order?.Add(row);
        }
        if (order is not null)
            yield return order.Finish();
        foreach (var (unreadable, fault) in unassigned)
            yield return Alone(header, source, unreadable, fault);
    }

    private static Fault? Fault(RawRecord record) =>
        record.TooLong ? new($"row {record.Row}", $"is longer than {LongestRow} bytes; only these are kept")
        : record.OpenQuote ? new($"row {record.Row}", "has a quote that is never closed")
        : null;

    private static string? KeyOf(CsvRow row, CsvColumns columns)
    {
        if (columns.Key.Any(column => column >= row.Count || row[column] is null))
            return null;
        var key = string.Join('\u001F', columns.Key.Select(column => row[column]!.Trim()));
        return key.Trim('\u001F').Length == 0 ? null : key;
    }

    private static ReadInput Alone(CsvRow header, Source source, RawRecord record, Fault fault) =>
        new() { Source = source.Name, Faults = [fault], Raw = [header.Record.Bytes, record.Bytes], FirstRow = record.Row, Rows = record.Rows, HeaderBytes = header.Record.Bytes.Length, Position = record.Position };
}

/// <summary>A file whose header row cannot be understood. Nothing of it was taken.</summary>
internal sealed class UnreadableHeaderException : Exception
{
    public UnreadableHeaderException() { }

    public UnreadableHeaderException(string message) : base(message) { }

    public UnreadableHeaderException(string message, Exception innerException) : base(message, innerException) { }

    public UnreadableHeaderException(IReadOnlyList<Fault> faults) : base(string.Join("; ", faults.Select(fault => $"{fault.At} {fault.Says}"))) => Faults = faults;

    public IReadOnlyList<Fault> Faults { get; } = [];
}
