using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.ReadingSquare;

public sealed class SquareReaderTests
{
    [Theory]
    [InlineData("{0}")]
    [InlineData("{{\"order\":{0}}}")]
    [InlineData("{{\"orders\":[{0}],\"cursor\":\"x\\\"}}\"}}")]
    [InlineData("{{\"errors\":[],\"meta\":{{\"id\":[1,{{}}]}},\"orders\":[{0}]}}")]
    public async Task A_completed_order_is_a_sale(string document) => Assert.Equal("sale 20 USD: Soap 1 x 5 = 5, CAT2 2 x 7.5 = 15", await In(string.Format(null, document, Order())));

    [Fact]
    public async Task It_is_known_by_its_id_and_its_money_is_in_the_smallest_unit()
    {
        var order = await TillFile.Order(InputFormat.Square, Order());
        Assert.Equal(("SQ1", "L1", "C9", true), (order.OrderNumber, order.StoreId, order.Customer.CustomerNumber, order.PricesIncludeTax));
        Assert.Equal("sale 2000 JPY: Soap 1 x 500 = 500, CAT2 2 x 750 = 1500", await In(Order().Replace("USD", "JPY", StringComparison.Ordinal)));
        Assert.Equal("sale 2 KWD: Soap 1 x 0.5 = 0.5, CAT2 2 x 0.75 = 1.5", await In(Order().Replace("USD", "KWD", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Squares_libraries_write_the_names_in_another_way()
    {
        var library = System.Text.RegularExpressions.Regex.Replace(Order(), "_([a-z])(?=[a-z_]*\"\\s*:)", match => match.Groups[1].Value.ToUpperInvariant());
        Assert.Contains("\"lineItems\"", library, StringComparison.Ordinal);
        Assert.Equal(await TillFile.Order(InputFormat.Square, Order()), await TillFile.Order(InputFormat.Square, library), (one, other) => TillFile.In(one) == TillFile.In(other) && (one.StoreId, one.Customer, one.OccurredAt, one.Totals) == (other.StoreId, other.Customer, other.OccurredAt, other.Totals));
        Assert.Equal("rejected: $.line_items must be a list", await In(With(Order(), "\"line_items\":{\"edges\":[]}")));
    }

    [Theory]
    [InlineData("\"state\":\"OPEN\"", "skipped: state OPEN")]
    [InlineData("\"state\":\"DRAFT\"", "skipped: state DRAFT")]
    [InlineData("\"state\":\"CANCELED\"", "skipped: state CANCELED")]
    [InlineData("\"state\":null", "rejected: $ is no order: it has no id or no state")]
    [InlineData("\"id\":null", "rejected: $ is no order: it has no id or no state")]
    [InlineData("\"line_items\":[]", "skipped: an order without goods")]
    public async Task What_is_not_completed_is_passed_over_though_it_is_closed_and_paid(string field, string expected) => Assert.Equal(expected, await In(With(Order(), field)));

    [Fact]
    public async Task The_location_may_be_missing_and_the_customer_only_on_the_payment()
    {
        const string Without = "\"location_id\":null,\"customer_id\":null,\"tenders\":[]";
        Assert.Equal("rejected: storeId is required", await In(With(Order(), Without)));
        Assert.Equal("S1", (await TillFile.Order(InputFormat.Square, With(Order(), Without), TillFile.Options(store: "S1"))).StoreId);
        var order = await TillFile.Order(InputFormat.Square, With(Order(), "\"location_id\":null,\"customer_id\":null,\"tenders\":[{\"customer_id\":\"C7\",\"location_id\":\"L7\"}]"));
        Assert.Equal(("L7", "C7"), (order.StoreId, order.Customer.CustomerNumber));
    }

    [Fact]
    public async Task A_return_is_positive_and_names_its_order()
    {
        const string Returned = """{"id":"SQ2","location_id":"L1","state":"COMPLETED","closed_at":"2026-11-19T18:30:00Z","total_money":{"amount":0,"currency":"USD"},"net_amounts":{"total_money":{"amount":-750,"currency":"USD"}},"return_amounts":{"total_money":{"amount":750,"currency":"USD"},"tax_money":{"amount":0,"currency":"USD"}},"returns":[{"source_order_id":"SQ1","return_line_items":[{"name":"Tea","catalog_object_id":"CAT2","quantity":"1","gross_return_money":{"amount":750,"currency":"USD"},"total_money":{"amount":750,"currency":"USD"}}]}]}""";
        var order = await TillFile.Order(InputFormat.Square, Returned);
        Assert.Equal(("return 7.5 USD: CAT2 1 x 7.5 = 7.5", "SQ1"), (TillFile.In(order), order.OriginalReceipt!.OrderNumber));
        Assert.NotNull(order.OriginalReceipt.OrderId);
        var inputs = await TillFile.Read(InputFormat.Square, With(Returned, "\"line_items\":[{\"name\":\"Soap\",\"quantity\":\"1\",\"gross_sales_money\":{\"amount\":500,\"currency\":\"USD\"},\"total_money\":{\"amount\":500,\"currency\":\"USD\"}}]"));
        Assert.Equal("sale 5 USD: Soap 1 x 5 = 5\nreturn 7.5 USD: CAT2 1 x 7.5 = 7.5", TillFile.In(inputs));
        Assert.All(inputs, input => Assert.NotNull(input.Order!.ExchangeOrderId));
    }

    [Fact]
    public async Task A_price_that_is_only_in_the_modifiers_is_the_articles()
    {
        const string Lesson = """[{"name":"Lesson","quantity":"1","base_price_money":{"amount":0,"currency":"USD"},"modifiers":[{"name":"30 lessons","total_price_money":{"amount":26500,"currency":"USD"}}],"gross_sales_money":{"amount":26500,"currency":"USD"},"total_money":{"amount":26500,"currency":"USD"}}]""";
        Assert.Equal("sale 265 USD: Lesson 1 x 265 = 265", await In(With(Order(), $"\"line_items\":{Lesson},\"total_money\":{{\"amount\":26500,\"currency\":\"USD\"}}")));
    }

    [Theory]
    // 10.00 less 1.00, tax 0.90: added on top, or inside.
    [InlineData(990, false, 9.00, 9.90)]
    [InlineData(900, true, 9.00, 9.00)]
    public async Task A_tax_may_be_added_or_inside(int total, bool inside, decimal ofLine, decimal gross)
    {
        var line = $$$"""[{"name":"Tea","quantity":"0.5","quantity_unit":{"measurement_unit":{"weight_unit":"METRIC_KILOGRAM"}},"base_price_money":{"amount":2000,"currency":"USD"},"gross_sales_money":{"amount":1000,"currency":"USD"},"total_discount_money":{"amount":100,"currency":"USD"},"total_tax_money":{"amount":90,"currency":"USD"},"total_money":{"amount":{{{total}}},"currency":"USD"}}]""";
        var order = await TillFile.Order(InputFormat.Square, With(Order(), $"\"line_items\":{line},\"total_money\":{{\"amount\":{total},\"currency\":\"USD\"}},\"total_tax_money\":{{\"amount\":90,\"currency\":\"USD\"}}"));
        Assert.Equal((inside, ofLine, gross, 0.90m), (order.PricesIncludeTax, order.Lines[0].Total, order.Totals.Gross, order.Totals.Tax));
        Assert.Equal((0.5m, "METRIC_KILOGRAM", 20m, 1m), (order.Lines[0].Quantity, order.Lines[0].Unit, order.Lines[0].UnitPrice, order.Lines[0].Discount));
    }

    private static Task<string> In(string file) => TillFile.In(InputFormat.Square, file);

    private static string Order() =>
        """{"id":"SQ1","location_id":"L1","customer_id":"C9","state":"COMPLETED","created_at":"2026-11-19T18:29:00Z","closed_at":"2026-11-19T18:30:00.140Z","line_items":[{"name":"Soap","quantity":"1","base_price_money":{"amount":500,"currency":"USD"},"gross_sales_money":{"amount":500,"currency":"USD"},"total_tax_money":{"amount":0,"currency":"USD"},"total_money":{"amount":500,"currency":"USD"}},{"name":"Tea","variation_name":"Green","catalog_object_id":"CAT2","quantity":"2","gross_sales_money":{"amount":1500,"currency":"USD"},"total_money":{"amount":1500,"currency":"USD"}}],"tenders":[{"location_id":"L1","amount_money":{"amount":1000,"currency":"USD"}},{"amount_money":{"amount":1000,"currency":"USD"}}],"total_money":{"amount":2000,"currency":"USD"}}""";

    // What is said again stands: the last of two values counts.
    private static string With(string document, string field) => $"{document[..^1]},{field}}}";
}
