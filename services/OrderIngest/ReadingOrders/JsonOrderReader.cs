using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OrderIngest.GuardingSources;

namespace OrderIngest.ReadingOrders;

/// <summary>Reads an order from JSON, or one per line from NDJSON.</summary>
internal sealed class JsonOrderReader(OrderRules rules, ConfiguredSources sources, IOptions<OrderIngestOptions> options) : IOrderReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>One order.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="known">The source when key, query or command line told it; a body that names another is refused.</param>
    /// <param name="row">Line it stands in.</param>
    public ReadInput Read(ReadOnlyMemory<byte> json, Source? known, int row = 1)
    {
        var faults = new List<Fault>();
        var input = new ReadInput { Source = known?.Name ?? "", Faults = faults, Raw = [json], FirstRow = row };
        var text = json.Span.StartsWith(ByteOrderMark) ? json[ByteOrderMark.Length..] : json;
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = options.Value.MaxDepth });
            if (JsonFields.Split(document.RootElement, rules.MaxLines, faults) is not { } submitted)
                return input;
            var named = submitted.Order.Text("source", Lengths.Key);
            var source = known;
            if (named is not null && (source ??= sources.Find(named)) is null)
                submitted.Order.Fault("source", "is not configured");
            else if (named is not null && sources.Find(named) != source)
            {
                submitted.Order.Fault("source", "is not the source that is sending");
                input = input with { OtherSource = true };
            }
            else if (source is null)
                submitted.Order.Fault("source", "is required");
            // Without a source the rest is checked all the same, so that every fault is told at once.
            var order = rules.Check(submitted, source ?? new Source(named ?? "", new()), faults);
            return input with { Source = source?.Name ?? "", Order = order };
        }
        catch (JsonException exception)
        {
            // The exception's own text may quote the input.
            faults.Add(new("$", $"is not valid JSON of at most {options.Value.MaxDepth} levels: see line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}"));
            return input;
        }
    }

    public async IAsyncEnumerable<ReadInput> Read(Stream stream, Source source, ReadingPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new RecordReader(stream, options.Value.MaxOrderBytes, quotes: false);
        await foreach (var input in ReadLines(lines, source, cancellationToken))
        {
            place.Position = lines.Position;
            yield return input;
        }
    }

    /// <summary>One order per line; empty lines are skipped.</summary>
    public async IAsyncEnumerable<ReadInput> ReadLines(RecordReader lines, Source? known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await lines.Next(cancellationToken) is { } line)
        {
            if (line.TooLong)
                yield return new() { Source = known?.Name ?? "", Faults = [new("$", $"is larger than {options.Value.MaxOrderBytes} bytes; only these are kept")], Raw = [line.Bytes], FirstRow = line.Row, Position = line.Position };
            else if (line.Bytes.AsSpan().Trim(" \t\r\n"u8).Length > 0)
                yield return Read(line.Bytes, known, line.Row) with { Position = line.Position };
        }
    }
}
