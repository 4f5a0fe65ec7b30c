using OrderIngest.GuardingSources;
using OrderIngest.ReadingFlatFiles;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingD365;

/// <summary>
/// Exports of Dynamics 365 Commerce: retail transactions and their sales lines, as two CSV files or joined in one. A flat file like any other, with names, words
/// and signs of its own. Built from documentation.
/// </summary>
internal sealed class D365Reader(OrderRules rules) : IOrderReader, ITwoFileReader
{
    private readonly FlatFileReader _files = new(rules);

    /// <summary>What the format has before a source configures anything.</summary>
    public static FlatPreset Preset { get; } = new()
    {
        Columns = D365Columns.Of,
        AmountSign = AmountSign.Reversed,
        TimeFormat = FlatTimes.SecondsOfDay,
        EmptyDate = new(1900, 1, 1),
        Kinds = D365Words.Types,
        KindReasons = D365Words.TypeReasons,
        Flags = D365Words.Flags,
        Statuses = D365Words.Statuses,
        OrderId = D365Columns.OrderId,
        ColumnsOfOneFile = D365Columns.OfOneFile,
    };

    public IAsyncEnumerable<ReadInput> Read(Stream stream, Source source, ReadingPlace place, CancellationToken cancellationToken) => _files.Read(stream, source, place, cancellationToken);

    public IAsyncEnumerable<ReadInput> Read(Stream orders, Stream lines, Source source, ReadingPlace place, CancellationToken cancellationToken) =>
        _files.Read(orders, lines, source, place, cancellationToken);
}
