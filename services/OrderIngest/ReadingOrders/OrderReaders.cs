using OrderIngest.GuardingSources;
using OrderIngest.ReadingD365;
using OrderIngest.ReadingLightspeed;
using OrderIngest.ReadingPosLog;
using OrderIngest.ReadingShopify;
using OrderIngest.ReadingSquare;

namespace OrderIngest.ReadingOrders;

/// <summary>A reader for each format.</summary>
internal sealed class OrderReaders(JsonOrderReader json, CsvOrderReader csv, PosLogReader posLog, ShopifyReader shopify, SquareReader square, LightspeedReader lightspeed, D365Reader d365)
{
    public IOrderReader For(InputFormat format) => format switch
    {
        InputFormat.Json => json,
        InputFormat.Csv => csv,
        InputFormat.PosLog => posLog,
        InputFormat.Shopify => shopify,
        InputFormat.Square => square,
        InputFormat.Lightspeed => lightspeed,
        InputFormat.D365 => d365,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>Reads a file, or one of orders and one of their lines.</summary>
    /// <exception cref="UnreadableHeaderException">Two files of a format of which one holds everything.</exception>
    public IAsyncEnumerable<ReadInput> Read(Stream stream, Stream? lines, Source source, ReadingPlace place, CancellationToken cancellationToken) => (For(source.Format), lines) switch
    {
        (var reader, null) => reader.Read(stream, source, place, cancellationToken),
        (ITwoFileReader reader, _) => reader.Read(stream, lines, source, place, cancellationToken),
        _ => throw new UnreadableHeaderException([new("the second file", $"is not wanted: {source.Format} files hold orders with their lines")]),
    };

    /// <summary>Registers all of them.</summary>
    public static void Add(IServiceCollection services) => services
        .AddSingleton<JsonOrderReader>().AddSingleton<CsvOrderReader>().AddSingleton<PosLogReader>()
        .AddSingleton<ShopifyReader>().AddSingleton<SquareReader>().AddSingleton<LightspeedReader>().AddSingleton<D365Reader>().AddSingleton<OrderReaders>();
}
