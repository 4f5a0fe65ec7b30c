using System.Text;
using System.Text.Json.Nodes;
using Contracts.OrderIngest;
using FsCheck;
using FsCheck.Fluent;
using OrderIngest.ReceivingOrders;

namespace OrderIngest.Tests.ReadingOrders;

public sealed class JsonOrderReaderTests
{
    /// <summary>One thing wrong, and where it must be reported.</summary>
    private static readonly (string At, Action<JsonObject> Break)[] Mutations =
    [
        ("$.storeId", order => order.Remove("storeId")),
        ("$.storeId", order => order["storeId"] = "  "),
        ("$.storeId", order => order["storeId"] = 12),
        ("$.storeId", order => order["storeId"] = new string('x', 101)),
        ("$.storeId", order => order["storeId"] = "S\u00001"),
        ("$.businessDate", order => order["businessDate"] = "20.11.2026"),
        ("$.businessDate", order => order["businessDate"] = "2026-11-23"),
        ("$.businessDate", order => order.Remove("businessDate")),
        ("$.kind", order => order["kind"] = "exchange"),
        ("$.kind", order => order.Remove("kind")),
        ("$.occurredAt", order => order["occurredAt"] = "2026-11-20T12:00:00"),
        ("$.occurredAt", order => order["occurredAt"] = "2026-11-21T12:00:01Z"),
        ("$.occurredAt", order => order["occurredAt"] = "yesterday"),
        ("$.currency", order => order["currency"] = "XXX"),
        ("$.currency", order => order.Remove("currency")),
        ("$.pricesIncludeTax", order => order["pricesIncludeTax"] = "perhaps"),
        ("$.customer", order => order["customer"] = "C-1"),
        ("$.customer.email", order => order["customer"] = new JsonObject { ["email"] = 7 }),
        ("$.customer.phone", order => order["customer"] = new JsonObject { ["phone"] = new string('1', 255) }),
        ("$.lines", order => order["lines"] = new JsonArray()),
        ("$.lines", order => order.Remove("lines")),
        ("$.lines", order => order["lines"] = new JsonArray(new JsonObject { ["voided"] = true })),
        ("$.lines[0]", order => order["lines"]![0] = "a line"),
        ("$.lines[0].quantity", order => order["lines"]![0]!["quantity"] = 0),
        ("$.lines[0].quantity", order => order["lines"]![0]!["quantity"] = -1),
        ("$.lines[0].quantity", order => order["lines"]![0]!["quantity"] = "1,5"),
        ("$.lines[0].quantity", order => order["lines"]![0]!.AsObject().Remove("quantity")),
        ("$.lines[0].number", order => order["lines"]![0]!["number"] = 1.5m),
        ("$.lines[0].number", order => order["lines"]![0]!["number"] = 0),
        ("$.lines[0].sku", order => order["lines"]![0]!["sku"] = null),
        ("$.lines[0].unitPrice", order => order["lines"]![0]!["unitPrice"] = -0.01m),
        ("$.lines[0].unitPrice", order => order["lines"]![0]!["unitPrice"] = 1e13m),
        ("$.lines[0].discount", order => order["lines"]![0]!["discount"] = -1),
        ("$.lines[0].taxAmount", order => order["lines"]![0]!["taxAmount"] = -1),
        ("$.lines[0].taxRate", order => order["lines"]![0]!["taxRate"] = -1),
        ("$.lines[0].total", order => order["lines"]![0]!["total"] = new JsonArray()),
        ("$.lines[0].voided", order => order["lines"]![0]!["voided"] = "often"),
        ("$.totals", order => order.Remove("totals")),
        ("$.totals.gross", order => order["totals"]!.AsObject().Remove("gross")),
        ("$.totals.net", order => order["totals"]!["net"] = -1),
        ("$.originalReceipt.businessDate", order => order["originalReceipt"] = new JsonObject { ["businessDate"] = "1/2/3" }),
        ("$.source", order => order["source"] = "web"),
        ("$.exchange", order => order["exchange"] = "often"),
        ("$.goodsKept", order => order["goodsKept"] = "often"),
        ("$.originalReceipt.orderNumber", order => order["originalReceipt"] = new JsonObject { ["orderNumber"] = 7 }),
    ];

    [Fact]
    public void Read_takes_any_valid_order_as_it_is() => Prop.ForAll(Submitted.Valid().ToArbitrary(), submitted =>
    {
        var input = Submitted.Read(Submitted.Node(submitted));
        Assert.Empty(input.Faults);
        AssertSame(submitted, input.Order!);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_tells_any_single_fault_at_its_path() => Prop.ForAll(
        (from order in Submitted.Valid()
         from mutation in Gen.Elements(Mutations)
         select (order, mutation)).ToArbitrary(),
        given =>
        {
            var json = Submitted.Node(given.order);
            given.mutation.Break(json);
            var input = Submitted.Read(json);
            Assert.Null(input.Order);
            Assert.All(input.Faults, fault => Assert.Equal(given.mutation.At, fault.At));
            Assert.Single(input.Faults);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    [Fact]
    public void Read_tells_all_faults_at_once()
    {
        var json = Submitted.Node(Submitted.Order());
        json["currency"] = "EURO";
        json["lines"]!.AsArray().Add(new JsonObject { ["number"] = 1, ["sku"] = "", ["quantity"] = 0, ["unitPrice"] = 1, ["total"] = -1 });
        json["totals"]!["gross"] = "much";
        Assert.Equal(
            ["$.currency", "$.lines[1].sku", "$.totals.gross", "$.lines[1].number", "$.lines[1].quantity", "$.lines[1].total"],
            Submitted.Read(json).Faults.Select(fault => fault.At));
    }

    [Fact]
    public void Read_never_throws_on_arbitrary_bytes() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        Assert.NotEmpty(Submitted.Read(bytes).Faults)).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_never_throws_on_damaged_orders() => Prop.ForAll(
        (from order in Submitted.Valid()
         from places in Gen.NonEmptyListOf(Gen.Choose(0, int.MaxValue))
         from value in Gen.Elements("\\ud800\"{}[],:0-\u00ff\u0000"u8.ToArray())
         select (order, places, value)).ToArbitrary(),
        given =>
        {
            var bytes = Encoding.UTF8.GetBytes(Submitted.Json(given.order));
            foreach (var place in given.places)
                bytes[place % bytes.Length] = given.value;
            var input = Submitted.Read(bytes);
            Assert.Equal(input.Order is null, input.Faults.Count > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("""{"storeId":"\ud800"}""", "$.storeId")]
    [InlineData("""{"\ud800":1}""", "$")]
    [InlineData("""{"storeId":"a","STOREID":"b"}""", "$.storeId")]
    [InlineData("""[]""", "$")]
    [InlineData("""{"lines":[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]}""", "$")]
    public void Read_names_odd_input(string json, string at) => Assert.Contains(Submitted.Read(Encoding.UTF8.GetBytes(json)).Faults, fault => fault.At == at);

    [Fact]
    public void Read_turns_an_all_negative_return()
    {
        var positive = Submitted.Order() with { Kind = "return" };
        var negative = positive with
        {
            Lines = [.. positive.Lines.Select(line => line with { Quantity = -line.Quantity, Total = -line.Total })],
            Totals = new(-positive.Totals.Gross, Rounding: -0.01m),
        };
        var order = Submitted.Read(Submitted.Node(negative)).Order!;
        Assert.Equal(Submitted.Read(Submitted.Node(positive)).Order!.Lines, order.Lines);
        Assert.Equal((positive.Totals.Gross, 0.01m), (order.Totals.Gross, order.Totals.Rounding));
    }

    [Fact]
    public void Read_takes_money_that_went_back_alone_in_a_return_only()
    {
        var sale = Submitted.Order() with { GoodsKept = true };
        Assert.True(Submitted.Read(Submitted.Node(sale with { Kind = "return" })).Order!.GoodsKept);
        Assert.Null(Submitted.Read(Submitted.Node(sale with { GoodsKept = false })).Order!.GoodsKept);
        Assert.Equal("$.goodsKept", Assert.Single(Submitted.Read(Submitted.Node(sale)).Faults).At);
    }

    [Fact]
    public void Read_refuses_a_return_with_mixed_signs()
    {
        var order = Submitted.Order() with { Kind = "return" };
        var mixed = order with { Lines = [order.Lines[0] with { Quantity = -1 }] };
        Assert.Equal("$.lines[0].quantity", Assert.Single(Submitted.Read(Submitted.Node(mixed)).Faults).At);
    }

    [Fact]
    public void Read_refuses_more_lines_than_allowed()
    {
        var reader = Submitted.JsonReader(new() { MaxLines = 2 });
        var order = Submitted.Order();
        var three = order with { Lines = [.. Enumerable.Range(1, 3).Select(number => order.Lines[0] with { Number = number })] };
        Assert.Equal("$.lines", Assert.Single(reader.Read(Encoding.UTF8.GetBytes(Submitted.Json(three)), Submitted.Pos).Faults).At);
    }

    [Fact]
    public void Read_names_the_original_receipt_by_its_id()
    {
        var sale = Submitted.Read(Submitted.Node(Submitted.Order("77"))).Order!;
        var back = Submitted.Read(Submitted.Node(Submitted.Order("78") with { Kind = "return", OriginalReceipt = new("S012", "2", "77", new(2026, 11, 20)) })).Order!;
        Assert.Equal(OrderIngest.IdentifyingOrders.SaleKey.Of(sale)!.OrderId, back.OriginalReceipt!.OrderId);
    }

    internal static void AssertSame(SubmittedOrder submitted, Order order)
    {
        Assert.Equal(
            ("pos", submitted.StoreId, submitted.RegisterId, submitted.ReceiptNumber, submitted.OrderNumber, submitted.BusinessDate),
            (order.Source, order.StoreId, order.RegisterId, order.ReceiptNumber, order.OrderNumber, order.BusinessDate));
        Assert.Equal(submitted.Kind == "return" ? OrderKind.Return : OrderKind.Sale, order.Kind);
        Assert.Equal(DateTimeOffset.Parse(submitted.OccurredAt, System.Globalization.CultureInfo.InvariantCulture), order.OccurredAt);
        Assert.Equal(TimeSpan.Zero, order.OccurredAt.Offset);
        Assert.Equal((submitted.Currency.ToUpperInvariant(), submitted.PricesIncludeTax ?? true), (order.Currency, order.PricesIncludeTax));
        Assert.Equal(
            new CustomerHint { LoyaltyCard = submitted.Customer?.LoyaltyCard, CustomerNumber = submitted.Customer?.CustomerNumber, Email = submitted.Customer?.Email, Phone = submitted.Customer?.Phone },
            order.Customer);
        Assert.Equal((submitted.Totals.Gross, submitted.Totals.Net, submitted.Totals.Rounding), (order.Totals.Gross, order.Totals.Net, order.Totals.Rounding));
        Assert.Equal(submitted.OriginalReceipt?.ReceiptNumber, order.OriginalReceipt?.ReceiptNumber);
        Assert.Equal(
            submitted.Lines.Where(line => line.Voided != true).Select(line => new OrderLine
            {
                Number = line.Number,
                Sku = line.Sku,
                Description = string.IsNullOrEmpty(line.Description) ? null : line.Description,
                Quantity = line.Quantity,
                UnitPrice = line.UnitPrice,
                Discount = line.Discount ?? 0,
                TaxRate = line.TaxRate,
                Total = line.Total,
            }),
            order.Lines);
    }
}
