using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OrderIngest.GuardingSources;

namespace OrderIngest.ReadingOrders;

/// <summary>Reads the documents of a web API, as its webhooks send them or an export collects them: one, a list, one per line, wrapped or not.</summary>
internal abstract class JsonReceiptReader(OrderRules rules, IOptions<OrderIngestOptions> options) : IOrderReader
{
    /// <summary>Names under which the API wraps a document or a list of them.</summary>
    protected abstract FrozenSet<string> Wrappers { get; }

    public async IAsyncEnumerable<ReadInput> Read(Stream stream, Source source, ReadingPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var objects = new JsonObjects(await PlainBytes.Of(stream, cancellationToken), options.Value.MaxOrderBytes, Wrappers);
        var any = false;
        while (await objects.Next(cancellationToken) is { } found)
        {
            any = true;
            place.Position = objects.Position;
            foreach (var input in Read(found, source))
                yield return input;
        }
        place.Position = objects.Position;
        // An empty list is an export of a day on which nothing happened.
        if (!any && !objects.HasList)
            yield return Faulty(new([], 0, 1, "holds no JSON object"), source);
    }

    /// <summary>What a document holds: each receipt, or why it is none.</summary>
    protected abstract IEnumerable<(Receipt? Receipt, string? Skipped)> Receipts(JsonPart document);

    private List<ReadInput> Read(JsonBytes found, Source source)
    {
        if (found.Fault is not null)
            return [Faulty(found, source)];
        try
        {
            using var document = JsonDocument.Parse(found.Bytes, new() { MaxDepth = 64 });
            var faults = new List<Fault>();
            var inputs = new List<ReadInput>();
            var rows = found.Bytes.AsSpan().Count((byte)'\n') + 1;
            foreach (var receipt in Receipts(new(document.RootElement, "$", faults)))
            {
                // Faults so far are this receipt's: they were found on the way to it.
                var own = faults.ToList();
                faults.Clear();
                inputs.AddRange(ReceiptInputs.Of(
                    noted =>
                    {
                        noted.AddRange(own);
                        // What could not be read may be why nothing was found.
                        return receipt.Receipt is null && own.Count > 0 ? (null, null) : receipt;
                    }, source, rules, [found.Bytes], found.Row, inputs.Count == 0 ? rows : 0, found.Position, []));
            }
            return inputs;
        }
        catch (JsonException exception)
        {
            // The exception's own text may quote the document.
            return [Faulty(found with { Fault = $"is not valid JSON: see line {found.Row + exception.LineNumber}, byte {exception.BytePositionInLine + 1}" }, source)];
        }
    }

    private static ReadInput Faulty(JsonBytes found, Source source) => new()
    {
        Source = source.Name,
        Faults = [new($"line {found.Row}", found.Fault!)],
        Raw = [found.Bytes],
        FirstRow = found.Row,
        Rows = found.Bytes.AsSpan().Count((byte)'\n') + 1,
        Position = found.Position,
        CutOff = found.CutOff,
    };
}
