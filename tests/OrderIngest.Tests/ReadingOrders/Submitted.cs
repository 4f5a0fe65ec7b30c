using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using MessageExamples;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;
using OrderIngest.ReceivingOrders;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderIngest.Tests.ReadingOrders;

/// <summary>Orders as a source sends them, and readers for them.</summary>
internal static class Submitted
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    public static readonly Source Pos = new("pos", new());

    public static SubmittedOrder Order(string receipt = "000123", decimal price = 9.90m) => new()
    {
        StoreId = "S012",
        RegisterId = "2",
        ReceiptNumber = receipt,
        BusinessDate = new(2026, 11, 20),
        Kind = "sale",
        OccurredAt = "2026-11-20T12:00:00+01:00",
        Currency = "EUR",
        Customer = new(LoyaltyCard: "2900000000017"),
        Lines = [new() { Number = 1, Sku = "SHIRT", Quantity = 2, UnitPrice = price, Total = 2 * price }],
        Totals = new(Gross: 2 * price),
    };

    public static string Json(SubmittedOrder order) => JsonSerializer.Serialize(order, Written);

    public static JsonObject Node(SubmittedOrder order) => JsonNode.Parse(Json(order))!.AsObject();

    public static ReadInput Read(JsonNode order, Source? source = null) => JsonReader().Read(Encoding.UTF8.GetBytes(order.ToJsonString()), source ?? Pos);

    public static ReadInput Read(byte[] bytes) => JsonReader().Read(bytes, Pos);

    public static JsonOrderReader JsonReader(OrderIngestOptions? options = null) => new(
        Rules(options), new(Options.Create(options ?? Sources()), new HostingEnvironment { EnvironmentName = Environments.Development }), Options.Create(options ?? new()));

    public static async Task<List<ReadInput>> ReadCsv(byte[] file, OrderIngestOptions? options = null)
    {
        var inputs = new List<ReadInput>();
        await foreach (var input in new CsvOrderReader(Rules(options)).Read(new(new MemoryStream(file), CsvOrderReader.LongestRow, quotes: true), Pos, CancellationToken.None))
            inputs.Add(input);
        return inputs;
    }

    public static Task<List<ReadInput>> ReadCsv(string file, OrderIngestOptions? options = null) => ReadCsv(Encoding.UTF8.GetBytes(file), options);

    public static OrderRules Rules(OrderIngestOptions? options = null, BusOptions? bus = null) => new(Options.Create(options ?? new()), new(Options.Create(bus ?? new())), new ManualTime());

    /// <summary>Any order that keeps all rules.</summary>
    public static Gen<SubmittedOrder> Valid() =>
        from key in Key
        from kind in Gen.Elements("sale", "return", "Sale")
        from currency in Gen.Elements("EUR", "SEK", "USD", "JPY", "eur")
        from minutes in Gen.Choose(-60 * 24 * 300, 60 * 23)
        from offset in Gen.Choose(-12, 12)
        from tax in Gen.Elements<bool?>(null, true, false)
        from customer in Customer
        from lines in Lines
        from gross in Amount
        from net in Optional(Amount)
        from rounding in Gen.Elements<decimal?>(null, -0.02m, 0.01m)
        select new SubmittedOrder
        {
            StoreId = key.Store,
            RegisterId = key.Register,
            ReceiptNumber = key.Receipt,
            OrderNumber = key.Number,
            BusinessDate = new(2026, 11, 20),
            Kind = kind,
            OccurredAt = An.Noon.AddMinutes(minutes).ToOffset(TimeSpan.FromHours(offset)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            Currency = currency,
            PricesIncludeTax = tax,
            Customer = customer,
            Lines = lines,
            Totals = new(gross, net, Rounding: rounding),
            OriginalReceipt = kind == "return" ? new("S1", "1", "77", new(2026, 10, 2)) : null,
        };

    public static Gen<string> Name => Gen.Elements("A", "17", "é-9", "a b", "x\"y", "漢,字", "O'Neil; 5\"");

    private static Gen<decimal> Amount =>
        from cents in Gen.Choose(0, 10_000_000)
        from scale in Gen.Elements(1m, 1.0m, 1.00m)
        select cents / 100m * scale;

    private static Gen<SubmittedCustomer?> Customer => Gen.Elements<SubmittedCustomer?>(null, new(), new("card 1"), new(Email: "pat@shop.example", Phone: "+49 30 1"), new("c", "n", "e", "p"));

    private static Gen<(string Store, string? Register, string? Receipt, string? Number)> Key =>
        from store in Name
        from register in Name
        from receipt in Name
        from number in Name
        from what in Gen.Choose(0, 2)
        select (store, what == 2 ? null : register, what == 2 ? null : receipt, what == 0 ? null : number);

    private static Gen<IReadOnlyList<SubmittedLine>> Lines =>
        from lines in Gen.NonEmptyListOf(Line)
        from voided in Gen.ListOf(Line)
        select (IReadOnlyList<SubmittedLine>)[.. lines.Select((line, i) => line with { Number = i + 1 }), .. voided.Select(line => line with { Number = 0, Quantity = -1, Voided = true })];

    private static Gen<SubmittedLine> Line =>
        from sku in Name
        from text in Gen.Elements(null, "Shirt, blue", "two\nlines? no: one", "")
        from quantity in Gen.Choose(1, 100_000)
        from price in Amount
        from discount in Optional(Amount)
        from rate in Gen.Elements<decimal?>(null, 19, 7.5m)
        from total in Amount
        from voided in Gen.Elements<bool?>(null, false)
        select new SubmittedLine { Number = 1, Sku = sku, Description = text?.Replace('\n', ' '), Quantity = quantity / 1000m, UnitPrice = price, Discount = discount, TaxRate = rate, Total = total, Voided = voided };

    private static Gen<decimal?> Optional(Gen<decimal> gen) => Gen.OneOf(Gen.Constant((decimal?)null), gen.Select(value => (decimal?)value));

    private static OrderIngestOptions Sources()
    {
        var options = new OrderIngestOptions();
        options.Sources["pos"] = new();
        options.Sources["web"] = new();
        return options;
    }
}
