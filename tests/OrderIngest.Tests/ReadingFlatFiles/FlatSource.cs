using System.Text;
using Microsoft.Extensions.Configuration;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.ReadingFlatFiles;

/// <summary>Sources as configuration makes them, and what their reader makes of a file.</summary>
internal static class FlatSource
{
    /// <summary>A till whose columns have names of their own, one row per line.</summary>
    public static readonly (string Key, string Value)[] Till =
    [
        ("Columns:storeId", "Shop"), ("Columns:registerId", "Till"), ("Columns:receiptNumber", "No"), ("Columns:occurredAt", "Closed"), ("Columns:totals.gross", "Paid"),
        ("Columns:line.sku", "Item"), ("Columns:line.quantity", "Pieces"), ("Columns:line.unitPrice", "Price"), ("Columns:line.total", "Amount"), ("Currency", "EUR"), ("TimeZone", "Europe/Stockholm"),
    ];

    public const string TillHeader = "Shop,Till,No,Closed,Paid,Item,Pieces,Price,Amount";

    public static SourceOptions Options(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Enumerable.Reverse(settings).DistinctBy(setting => setting.Key).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        return configuration.Get<SourceOptions>() ?? new();
    }

    public static Source Of(params (string Key, string Value)[] settings)
    {
        var options = Options(settings);
        Assert.Empty(options.Faults());
        return new("pos", options);
    }

    /// <summary>The till above, with settings of its own.</summary>
    public static Source TillWith(params (string Key, string Value)[] settings) => Of([.. Till, .. settings]);

    public static Task<List<ReadInput>> Read(Source source, string file) => Read(source, Encoding.UTF8.GetBytes(file));

    public static async Task<List<ReadInput>> Read(Source source, byte[] file, byte[]? lines = null)
    {
        var inputs = new List<ReadInput>();
        using var stream = new MemoryStream(file);
        using var second = lines is null ? null : new MemoryStream(lines);
        var readers = Readers();
        await foreach (var input in readers.Read(stream, second, source, new(), TestContext.Current.CancellationToken))
            inputs.Add(input);
        return inputs;
    }

    /// <summary>For each order its receipt and kind, else <c>skipped</c> or the first place of a fault.</summary>
    public static IEnumerable<string> Told(IEnumerable<ReadInput> inputs) =>
        inputs.Select(input => input.Order is { } order ? $"{order.ReceiptNumber} {order.Kind}" : input.Skipped is { } why ? $"skipped: {why}" : $"{input.Faults[0].At} {input.Faults[0].Says}");

    private static OrderReaders Readers()
    {
        var rules = Submitted.Rules();
        return new(Submitted.JsonReader(), new(rules), null!, null!, null!, null!, new(rules));
    }
}
