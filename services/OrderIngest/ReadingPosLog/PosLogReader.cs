using System.Runtime.CompilerServices;
using System.Xml;
using Microsoft.Extensions.Options;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingPosLog;

/// <summary>
/// Reads POSLog (ARTS/NRF) of versions 1 to 6, in any name space or none, inside of any outer element. Holds one transaction at a time; a damaged one costs
/// itself, and a file that was cut off is reported after its last whole transaction.
/// </summary>
internal sealed class PosLogReader(OrderRules rules, IOptions<OrderIngestOptions> options) : IOrderReader
{
    public async IAsyncEnumerable<ReadInput> Read(Stream stream, Source source, ReadingPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var transactions = new TransactionSplitter(await PlainBytes.Of(stream, cancellationToken), options.Value.MaxOrderBytes);
        var names = new XmlNames();
        var any = false;
        while (await transactions.Next(cancellationToken) is { } bytes)
        {
            (place.Position, any) = (transactions.Position, true);
            foreach (var input in Read(bytes, transactions.Encoding, names, source))
                yield return Declared(input, transactions.Encoding);
        }
        place.Position = transactions.Position;
        // A day on which nothing happened is a log without transactions; anything else without them is no log.
        var isEmptyLog = transactions is { RootIsClosed: true, Root: { } outermost } && PosLogWords.Local(outermost).EndsWith("Log", StringComparison.Ordinal);
        if (!any && !isEmptyLog)
            yield return Faulty(source, new("document", "has no Transaction element"), [], 1, 0);
        else if (transactions is { Root: { Length: > 0 } root, RootIsClosed: false })
            yield return Faulty(source, new($"line {transactions.Row}", $"the file ends before </{root}>: it was cut off"), [], transactions.Row, transactions.Position) with { CutOff = true };
    }

    /// <summary>A transaction is kept below the declaration of its log: nothing else says what its bytes are in.</summary>
    private static ReadInput Declared(ReadInput input, string? encoding)
    {
        var declaration = input.Raw.Count == 0 ? [] : TransactionText.Declaration(encoding);
        return declaration.Length == 0 ? input : input with { Raw = [declaration, .. input.Raw], HeaderBytes = declaration.Length };
    }

    private IEnumerable<ReadInput> Read(TransactionBytes bytes, string? declared, XmlNames names, Source source)
    {
        if (bytes.Fault is { } broken)
            return [Faulty(source, new($"line {bytes.Row}, Transaction", broken), bytes.Bytes, bytes.Row, bytes.Position) with { CutOff = bytes.CutOff }];
        var (text, instead) = TransactionText.Of(bytes.Bytes, source.Encoding, declared);
        if (text is null)
            return [Faulty(source, new($"line {bytes.Row}, Transaction", $"is not valid text in {source.Encoding}, the configured encoding"), bytes.Bytes, bytes.Row, bytes.Position)];
        XmlPart transaction;
        try
        {
            transaction = XmlPart.Read(text, names);
        }
        catch (XmlException exception)
        {
            // The exception's own text may quote the document.
            var at = $"line {bytes.Row + Math.Max(0, exception.LineNumber - 1)}, position {exception.LinePosition}";
            return [Faulty(source, new(at, "is not well-formed XML, or refers to an entity"), bytes.Bytes, bytes.Row, bytes.Position)];
        }
        return ReceiptInputs.Of(
            faults => PosLogTransaction.Read(transaction, faults), source, rules, [bytes.Bytes], bytes.Row, bytes.Bytes.AsSpan().Count((byte)'\n') + 1, bytes.Position,
            instead is null ? [] : [$"is not valid in the declared encoding, {instead} is taken"]);
    }

    private static ReadInput Faulty(Source source, Fault fault, byte[] raw, int row, long position) =>
        new() { Source = source.Name, Faults = [fault], Raw = [raw], FirstRow = row, Rows = raw.AsSpan().Count((byte)'\n') + 1, Position = position };
}
