using System.Runtime.CompilerServices;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingFlatFiles;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// Reads orders from a flat file. A bad row rejects the whole order it belongs to; a row that belongs to none is rejected alone. Holds one
/// order in memory at a time. What a source configured about its files is the other reader's matter.
/// </summary>
internal sealed class CsvOrderReader(OrderRules rules) : IOrderReader, ITwoFileReader
{
    /// <summary>Longest row: all columns at their longest, quoted, fit in.</summary>
    public const int LongestRow = 64 * 1024;

    private readonly FlatFileReader _configured = new(rules);

    public IAsyncEnumerable<ReadInput> Read(Stream stream, Source source, ReadingPlace place, CancellationToken cancellationToken) =>
        source.Flat is null ? ReadOwn(stream, source, place, cancellationToken) : _configured.Read(stream, source, place, cancellationToken);

    public IAsyncEnumerable<ReadInput> Read(Stream orders, Stream lines, Source source, ReadingPlace place, CancellationToken cancellationToken) =>
        _configured.Read(orders, lines, source, place, cancellationToken);

    private async IAsyncEnumerable<ReadInput> ReadOwn(Stream stream, Source source, ReadingPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var records = new RecordReader(await PlainBytes.Of(stream, cancellationToken, marked: true), LongestRow, quotes: true);
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
        if (!first.HasLineEnd)
            throw new UnreadableHeaderException([new("row 1", "is all there is, and has no line end: the file was cut off")]);

        var lost = new LostLines(source.Rows.MustAddUp, bothWays: false);
        CsvOrderRows? order = null;
        RawRecord? last = null;
        var before = FileEdge.None;
        var unassigned = new List<(RawRecord Record, Fault Fault)>();
        while (await records.Next(cancellationToken) is { } record)
        {
            var row = CsvRow.Of(record, columns.Count);
            if (row.IsNothing)
                continue;
            last = record;
            // The same bytes are the same key: most rows need not be looked at more closely.
            var same = order?.Last is { } above && SaysTheSame(row, above, columns.Key);
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
            // A row that cannot be read may have been the order's before it or the order's behind it.
            var damaged = unassigned.Count > 0;
            var edge = damaged ? FileEdge.Damage : row.Count != columns.Count ? FileEdge.DamagedOrder : order?.MayGoOnWith(row) == true ? FileEdge.Twin : FileEdge.None;
            if (order is not null)
                yield return order.Finish(lost, before > edge ? before : edge);
            before = damaged ? edge : order?.IsDamaged == true ? FileEdge.DamagedOrder : edge == FileEdge.Twin ? edge : FileEdge.None;
            foreach (var (unreadable, fault) in unassigned)
                yield return Alone(header, source, unreadable, fault);
            unassigned.Clear();
            order = key is null ? null : new(key, columns, header, source, rules) { WasFull = more };
            order?.Add(row);
        }
        if (last is { HasLineEnd: false } && source.Rows.RequireLineEnd && source.EdgeOfKept is null or FileEdge.TornEnd)
            order?.Fail(new($"row {last.Row}", "has no line end: the file was cut off here"));
        if (order is not null)
            yield return order.Finish(lost, before == FileEdge.Damage || unassigned.Count > 0 ? FileEdge.Damage : last!.HasLineEnd ? FileEdge.End : FileEdge.TornEnd);
        foreach (var (unreadable, fault) in unassigned)
            yield return Alone(header, source, unreadable, fault);
    }

    private static Fault? Fault(RawRecord record) =>
        record.TooLong ? new($"row {record.Row}", $"is longer than {LongestRow} bytes; only these are kept")
        : record.OpenQuote ? new($"row {record.Row}", "has a quote that is never closed")
        : null;

    private static bool SaysTheSame(CsvRow row, CsvRow above, IReadOnlyList<int> key)
    {
        foreach (var column in key)
        {
            if (!row.SaysTheSame(above, column))
                return false;
        }
        return true;
    }

    private static string? KeyOf(CsvRow row, CsvColumns columns)
    {
        if (columns.Key.Any(column => column >= row.Count || row[column] is null))
            return null;
        var key = string.Join('\u001F', columns.Key.Select(column => row[column]!.Trim()));
        return key.Trim('\u001F').Length == 0 ? null : key;
    }

    private static ReadInput Alone(CsvRow header, Source source, RawRecord record, Fault fault) =>
        new() { Source = source.Name, Faults = [fault], Raw = [header.Record.Bytes, record.Bytes], FirstRow = record.Row, Rows = record.Rows, HeaderBytes = header.Record.Bytes.Length, Position = record.Position, Edge = FileEdge.Damage };
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
