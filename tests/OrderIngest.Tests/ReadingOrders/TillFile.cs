using System.Globalization;
using System.Text;
using Contracts.OrderIngest;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingLightspeed;
using OrderIngest.ReadingOrders;
using OrderIngest.ReadingPosLog;
using OrderIngest.ReadingShopify;
using OrderIngest.ReadingSquare;

namespace OrderIngest.Tests.ReadingOrders;

/// <summary>Files of tills, read by the reader of their format; what came of it in words that a test can write by hand.</summary>
internal static class TillFile
{
    /// <summary>A source in Stockholm that counts in SEK where a document does not say.</summary>
    public static SourceOptions Options(string? currency = "SEK", string? zone = "Europe/Stockholm", string? store = null, string? encoding = null, params string[] ignored)
    {
        var options = new SourceOptions { Currency = currency, TimeZone = zone, Store = store, Encoding = encoding };
        options.IgnoredCustomers.AddRange(ignored);
        return options;
    }

    public static IOrderReader Reader(InputFormat format, OrderIngestOptions? options = null)
    {
        var (rules, bounds) = (Submitted.Rules(options), Microsoft.Extensions.Options.Options.Create(options ?? new()));
        return format switch
        {
            InputFormat.PosLog => new PosLogReader(rules, bounds),
            InputFormat.Shopify => new ShopifyReader(rules, bounds),
            InputFormat.Square => new SquareReader(rules, bounds),
            _ => new LightspeedReader(rules, bounds),
        };
    }

    public static async Task<List<ReadInput>> Read(InputFormat format, Stream file, SourceOptions? source = null, OrderIngestOptions? options = null)
    {
        var (inputs, place) = (new List<ReadInput>(), new ReadingPlace());
        await foreach (var input in Reader(format, options).Read(file, new Source("pos", source ?? Options()), place, CancellationToken.None))
            inputs.Add(input);
        return inputs;
    }

    public static Task<List<ReadInput>> Read(InputFormat format, byte[] file, SourceOptions? source = null, OrderIngestOptions? options = null) => Read(format, new MemoryStream(file), source, options);

    public static Task<List<ReadInput>> Read(InputFormat format, string file, SourceOptions? source = null, OrderIngestOptions? options = null) => Read(format, Encoding.UTF8.GetBytes(file), source, options);

    /// <summary>The only order in a file.</summary>
    public static async Task<Order> Order(InputFormat format, string file, SourceOptions? source = null)
    {
        var input = Assert.Single(await Read(format, file, source));
        Assert.True(input.Order is not null, In(input));
        return input.Order;
    }

    /// <summary>Every input of a file in words.</summary>
    public static async Task<string> In(InputFormat format, string file, SourceOptions? source = null) => In(await Read(format, file, source));

    public static string In(IEnumerable<ReadInput> inputs) => string.Join('\n', inputs.Select(In));

    /// <summary><c>sale 25 SEK: A 2 x 10 = 20, B 1 x 5 = 5</c>, <c>skipped: training</c>, or <c>rejected: LineItem 1, quantity must be greater than 0</c>.</summary>
    public static string In(ReadInput input) => input switch
    {
        { Order: { } order } => In(order),
        { Skipped: { } reason } => $"skipped: {reason}",
        _ => $"rejected: {string.Join("; ", input.Faults.Select(fault => $"{fault.At} {fault.Says}"))}",
    };

    public static string In(Order order) =>
        $"{(order.Kind == OrderKind.Sale ? "sale" : "return")} {Short(order.Totals.Gross)} {order.Currency}: {string.Join(", ", order.Lines.Select(line => $"{line.Sku} {Short(line.Quantity)} x {Short(line.UnitPrice)} = {Short(line.Total)}"))}";

    private static string Short(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
