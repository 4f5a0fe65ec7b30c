using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.ReadingShopify;

public sealed class ShopifyReaderTests
{
    private const string Lines = """[{"id":11,"sku":"A","name":"Cap, blue","title":"Cap","quantity":2,"price":"10.00","total_discount":"0.00","tax_lines":[{"price":"1.00","rate":0.05},{"price":"0.60","rate":0.03}]},{"id":12,"sku":null,"variant_id":77,"title":"Mug","quantity":1,"price":"5.00","tax_lines":[{"price":"0.40","rate":0.08}]}]""";

    private const string Sale = "sale 27 USD: A 2 x 10 = 20, 77 1 x 5 = 5";

    [Theory]
    [InlineData("{0}")]
    [InlineData("{{\"order\":{0}}}")]
    [InlineData("{{\"count\":1,\"orders\":[{0}]}}")]
    [InlineData("[{0}]")]
    [InlineData("\uFEFF{0}\n")]
    public async Task A_document_may_be_wrapped(string document) => Assert.Equal(Sale, await In(string.Format(null, document, Order())));

    [Fact]
    public async Task A_paid_order_is_a_sale_known_by_its_id()
    {
        var order = await TillFile.Order(InputFormat.Shopify, Order());
        Assert.Equal(("900719925474099912", "501", "3", "2026-11-19T23:30:00.0000000+00:00"), (order.OrderNumber, order.StoreId, order.RegisterId, order.OccurredAt.ToString("O")));
        // The day in the shop.
        Assert.Equal((new DateOnly(2026, 11, 19), false, 25m, 2m), (order.BusinessDate, order.PricesIncludeTax, order.Totals.Net, order.Totals.Tax));
        Assert.Equal(new() { Email = "pat@shop.example", CustomerNumber = "42" }, order.Customer);
        Assert.Equal((1.60m, (decimal?)null, 0.40m, (decimal?)8), (order.Lines[0].TaxAmount, order.Lines[0].TaxRate, order.Lines[1].TaxAmount, order.Lines[1].TaxRate));
        Assert.Equal("Cap, blue", order.Lines[0].Description);
    }

    [Theory]
    [InlineData("\"test\":true", "test")]
    [InlineData("\"cancelled_at\":\"2026-11-19T19:00:00-05:00\"", "cancelled")]
    [InlineData("\"financial_status\":\"pending\"", "financial status pending")]
    [InlineData("\"financial_status\":\"partially_paid\"", "financial status partially_paid")]
    [InlineData("\"financial_status\":\"authorized\"", "financial status authorized")]
    [InlineData("\"financial_status\":\"voided\"", "financial status voided")]
    [InlineData("\"location_id\":null,\"source_name\":\"web\"", "sold by the web shop, not in a store")]
    [InlineData("\"location_id\":null,\"source_name\":\"580111\"", "sold by the web shop, not in a store")]
    [InlineData("\"line_items\":[]", "an order without goods")]
    public async Task What_is_no_sale_in_a_store_is_passed_over(string field, string reason) => Assert.Equal($"skipped: {reason}", await In(Order(field)));

    [Fact]
    public async Task A_status_after_the_sale_leaves_it_a_sale()
    {
        Assert.Equal(Sale, await In(Order("\"financial_status\":\"refunded\"")));
        Assert.Equal(Sale, await In(Order("\"financial_status\":null")));
    }

    [Fact]
    public async Task An_order_without_a_location_needs_a_configured_store()
    {
        Assert.Equal("91", (await TillFile.Order(InputFormat.Shopify, Order("\"location_id\":null,\"retail_location\":{\"id\":91}"))).StoreId);
        Assert.Equal("rejected: storeId is required", await In(Order("\"location_id\":null")));
        Assert.Equal("S1", (await TillFile.Order(InputFormat.Shopify, Order("\"location_id\":null"), TillFile.Options(store: "S1"))).StoreId);
    }

    [Fact]
    public async Task After_an_edit_the_current_lines_and_totals_are_what_was_bought()
    {
        var lines = Lines.Replace("\"quantity\":2", "\"quantity\":2,\"current_quantity\":1", StringComparison.Ordinal).Replace("\"quantity\":1,\"price\":\"5", "\"quantity\":1,\"current_quantity\":0,\"price\":\"5", StringComparison.Ordinal);
        var order = Order($"\"line_items\":{lines},\"current_total_price\":\"10.80\",\"current_total_tax\":\"0.80\"");
        Assert.Equal("sale 10.8 USD: A 1 x 10 = 10", await In(order));
        // A refund changes the current ones too, but it is a return of its own.
        Assert.Equal($"{Sale}\nreturn 10.8 USD: A 1 x 10 = 10", await In(order[..^1] + $",\"refunds\":[{Refund()}]}}"));
    }

    [Fact]
    public async Task Discounts_of_the_order_are_in_the_allocations_of_its_lines()
    {
        var lines = Lines.Replace("\"total_discount\":\"0.00\"", "\"total_discount\":\"0.00\",\"discount_allocations\":[{\"amount\":\"1.50\"},{\"amount\":\"0.50\"}]", StringComparison.Ordinal);
        Assert.Equal("sale 25 USD: A 2 x 10 = 18, 77 1 x 5 = 5", await In(Order($"\"line_items\":{lines},\"total_price\":\"25.00\"")));
    }

    [Fact]
    public async Task A_refund_alone_is_a_return_that_names_its_order()
    {
        var order = await TillFile.Order(InputFormat.Shopify, Refund());
        Assert.Equal("return 10.8 USD: A 1 x 10 = 10", TillFile.In(order));
        Assert.Equal(("refund 55", "501", "900719925474099912"), (order.OrderNumber, order.StoreId, order.OriginalReceipt!.OrderNumber));
        Assert.Equal(OrderIngest.IdentifyingOrders.SaleKey.Of(await TillFile.Order(InputFormat.Shopify, Order()))!.OrderId, order.OriginalReceipt.OrderId);
        Assert.Equal("return 10.8 USD: A 1 x 10 = 10", await In($"{{\"refund\":{Refund()}}}"));
        Assert.Equal("return 10.8 USD: A 1 x 10 = 10\nreturn 10.8 USD: A 1 x 10 = 10", await In($"{{\"refunds\":[{Refund()},{Refund()}]}}"));
    }

    [Theory]
    [InlineData(2, 1.6)]
    [InlineData(1, null)]
    public async Task An_old_refund_states_the_tax_of_the_whole_line(int back, double? tax)
    {
        var order = await TillFile.Order(InputFormat.Shopify, With(Refund(), $" \"refund_line_items\":[{{\"quantity\":{back},\"line_item_id\":11,\"line_item\":{{\"id\":11,\"sku\":\"A\",\"quantity\":2,\"price\":\"10.00\",\"tax_lines\":[{{\"price\":\"1.60\"}}]}}}}]"));
        Assert.Equal((decimal?)tax, order.Lines[0].TaxAmount);
    }

    [Fact]
    public async Task A_refund_inside_of_its_order_knows_the_customer()
    {
        var inputs = await TillFile.Read(InputFormat.Shopify, Order()[..^1] + $",\"refunds\":[{Refund()}]}}");
        Assert.Equal($"{Sale}\nreturn 10.8 USD: A 1 x 10 = 10", TillFile.In(inputs));
        Assert.Equal(("42", "pat@shop.example"), (inputs[1].Order!.Customer.CustomerNumber, inputs[1].Order!.Customer.Email));
        Assert.Equal([1, 0], inputs.Select(input => input.Rows));
    }

    [Theory]
    [InlineData("\"transactions\":[{\"kind\":\"refund\",\"status\":\"pending\",\"amount\":\"10.80\"}]", "skipped: a refund that was not paid out")]
    [InlineData("\"transactions\":[{\"kind\":\"refund\",\"status\":\"success\",\"test\":true,\"amount\":\"10.80\"}]", "skipped: test")]
    [InlineData("\"refund_line_items\":[]", "skipped: a refund without goods")]
    [InlineData("\"id\":null", "rejected: $.id is required")]
    public async Task Some_refunds_bring_no_goods_back(string field, string expected) => Assert.Equal(expected, await In(With(Refund(), field)));

    [Theory]
    [InlineData("{\"id\":1,\"order_id\":2,\"status\":\"success\",\"location_id\":5,\"created_at\":\"2026-11-19T18:30:00-05:00\",\"line_items\":[{\"sku\":\"A\",\"quantity\":1,\"price\":\"1.00\"}]}")]
    [InlineData("{\"topic\":\"orders/create\"}")]
    public async Task A_piece_of_an_order_is_never_taken_for_one(string document) =>
        Assert.Equal("rejected: $ is neither an order (id and total_price) nor a refund (refund_line_items)", await In(document));

    [Fact]
    public async Task What_is_no_number_is_told_with_its_path() =>
        Assert.Equal("rejected: $.line_items[0].price must be a number with a decimal point, below 1,000,000,000,000", await In(Order().Replace("\"10.00\"", "\"10,00\"", StringComparison.Ordinal)));

    [Theory]
    [InlineData("2026-11-19T23:30:00-00:00")]
    [InlineData("2026-11-19T23:30:00Z")]
    public async Task A_time_without_a_zone_is_utc(string time)
    {
        var order = await TillFile.Order(InputFormat.Shopify, Order($"\"processed_at\":\"{time}\""));
        Assert.Equal((23, new DateOnly(2026, 11, 20)), (order.OccurredAt.Hour, order.BusinessDate));
    }

    private static Task<string> In(string file) => TillFile.In(InputFormat.Shopify, file);

    private static string Order(string? field = null) => With(
        $$"""{"id":900719925474099912,"name":"#1003","email":"pat@shop.example","phone":null,"test":false,"total_price":"27.00","subtotal_price":"25.00","total_tax":"2.00","total_discounts":"0.00","taxes_included":false,"currency":"USD","financial_status":"paid","cancelled_at":null,"location_id":501,"device_id":3,"source_name":"pos","processed_at":"2026-11-19T18:30:00-05:00","customer":{"id":42},"line_items":{{Lines}}}""", field);

    private static string Refund() =>
        """{"id":55,"order_id":900719925474099912,"created_at":"2026-11-20T09:00:00+01:00","refund_line_items":[{"quantity":1,"line_item_id":11,"location_id":null,"subtotal":10.0,"total_tax":0.8,"line_item":{"id":11,"sku":"A","quantity":2,"price":"10.00"}}],"transactions":[{"kind":"refund","status":"success","amount":"10.80","currency":"USD","location_id":501,"device_id":3}]}""";

    // What is said again stands: the last of two values counts.
    private static string With(string document, string? field) => field is null ? document : $"{document[..^1]},{field}}}";
}
