using System.Runtime.CompilerServices;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>
/// Reads flat files by what their source configured: one file in which every row is a line, or order rows with line rows below them, or two files, of orders and
/// of lines. Two files come one behind the other, in one zip, or as two streams.
/// </summary>
internal sealed class FlatFileReader(OrderRules rules)
{
    /// <summary>One file, or a zip with two.</summary>
    public async IAsyncEnumerable<ReadInput> Read(Stream stream, Source source, ReadingPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var layout = source.Flat!;
        if (!layout.IsTwoFiles)
        {
            await foreach (var input in ReadOne(await Plain(stream, layout, cancellationToken), source, place, cancellationToken))
                yield return input;
            yield break;
        }
        await using var parts = await FlatParts.Of(stream, place.MostUnpacked, cancellationToken);
        await foreach (var input in ReadParts(parts.Streams, source, place, cancellationToken))
            yield return input;
    }

    /// <summary>Two files, in either order.</summary>
    public IAsyncEnumerable<ReadInput> Read(Stream orders, Stream lines, Source source, ReadingPlace place, CancellationToken cancellationToken) =>
        source.Flat is { IsTwoFiles: true }
            ? ReadParts([_ => new(orders), _ => new(lines)], source, place, cancellationToken)
            : throw new UnreadableHeaderException([new("the second file", $"is not wanted: {Key(source, nameof(RowsOptions.LineOrderId))} does not say how its lines belong to orders")]);

    private async IAsyncEnumerable<ReadInput> ReadOne(PlainBytes.HeadedStream stream, Source source, ReadingPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        source = stream.IsUtf8 ? source.InUtf8() : source;
        var records = Records(stream, source.Flat!);
        var table = await FlatTable.Open(records, source, stream.IsTurned, cancellationToken);
        await foreach (var input in Group(table, records, source, place, cancellationToken))
            yield return input;
    }

    private async IAsyncEnumerable<ReadInput> Group(FlatTable table, RecordReader records, Source source, ReadingPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RowGrouping rows = table.Type >= 0 ? new RowsByType(table, source, rules) : new RowsByKey(table, source, rules);
        var inputs = new List<ReadInput>();
        RawRecord? last = null;
        while (await Next(records, cancellationToken) is { } record)
        {
            place.Position = records.Position;
            var row = table.RowOf(record);
            if (row.IsNothing)
                continue;
            last = record;
            rows.Take(record, row, inputs);
            foreach (var input in inputs)
                yield return input;
            inputs.Clear();
        }
        rows.End(last, inputs);
        foreach (var input in inputs)
            yield return input;
    }

    private async IAsyncEnumerable<ReadInput> ReadParts(
        IReadOnlyList<Func<CancellationToken, ValueTask<Stream>>> parts, Source source, ReadingPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var layout = source.Flat!;
        await using var joined = new JoinedTables(source, rules, place.MostUnpacked);
        long before = 0;
        foreach (var open in parts)
        {
            await using var stream = await open(cancellationToken);
            var plain = await Plain(stream, layout, cancellationToken);
            if (plain.IsUtf8)
                layout = (source = joined.InUtf8()).Flat!;
            var records = Records(plain, layout);
            var header = await FlatTable.HeaderRow(records, layout, cancellationToken);
            if (parts.Count == 1 && layout.OneFile is { } whole && joined.IsOfLines(header))
            {
                var table = FlatTable.Of(whole, source, records.Delimiter, [header]);
                await foreach (var input in Group(table, records, source, place, cancellationToken))
                    yield return input;
                yield break;
            }
            joined.Begin(header, records.Delimiter);
            while (await Next(records, cancellationToken) is { } record)
            {
                place.Position = before + records.Position;
                joined.Take(record);
            }
            before += records.Position;
        }
        foreach (var input in joined.Finish())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return input;
        }
    }

    /// <summary>The records of a file of this layout, from its beginning.</summary>
    public static RecordReader Records(Stream stream, FlatLayout layout) =>
        new(stream, CsvOrderReader.LongestRow, quotes: true) { Delimiter = layout.Delimiter ?? (layout.Rows.HeaderRows == 0 ? (byte)',' : (byte)0) };

    private static async ValueTask<RawRecord?> Next(RecordReader records, CancellationToken cancellationToken)
    {
        try
        {
            return await records.Next(cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw new IOException("the zip is damaged: what it holds cannot be read to the end", exception);
        }
    }

    /// <summary>Bytes in which ASCII stands for itself.</summary>
    private static ValueTask<PlainBytes.HeadedStream> Plain(Stream stream, FlatLayout layout, CancellationToken cancellationToken) =>
        PlainBytes.Of(stream, cancellationToken, layout.Wide, marked: true);

    private static string Key(Source source, string name) => $"{OrderIngestOptions.Section}:{nameof(OrderIngestOptions.Sources)}:{source.Name}:{nameof(SourceOptions.Rows)}:{name}";
}
