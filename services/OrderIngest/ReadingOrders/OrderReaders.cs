using OrderIngest.ReadingLightspeed;
using OrderIngest.ReadingPosLog;
using OrderIngest.ReadingShopify;
using OrderIngest.ReadingSquare;

namespace OrderIngest.ReadingOrders;

/// <summary>A reader for each format.</summary>
internal sealed class OrderReaders(JsonOrderReader json, CsvOrderReader csv, PosLogReader posLog, ShopifyReader shopify, SquareReader square, LightspeedReader lightspeed)
{
    public IOrderReader For(InputFormat format) => format switch
    {
        InputFormat.Json => json,
        InputFormat.Csv => csv,
        InputFormat.PosLog => posLog,
        InputFormat.Shopify => shopify,
        InputFormat.Square => square,
        InputFormat.Lightspeed => lightspeed,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>Registers all of them.</summary>
    public static void Add(IServiceCollection services) => services
        .AddSingleton<JsonOrderReader>().AddSingleton<CsvOrderReader>().AddSingleton<PosLogReader>()
        .AddSingleton<ShopifyReader>().AddSingleton<SquareReader>().AddSingleton<LightspeedReader>().AddSingleton<OrderReaders>();
}
