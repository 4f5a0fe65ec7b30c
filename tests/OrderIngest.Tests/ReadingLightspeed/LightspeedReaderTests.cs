using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.ReadingLightspeed;

public sealed class LightspeedReaderTests
{
    private const string Sold = "sale 150.29 SEK: P1 1 x 69.9 = 69.9, P2 1 x 69.9 = 69.9";

    [Theory]
    [InlineData("{0}")]
    [InlineData("{{\"register_sales\":[{0}]}}")]
    [InlineData("{{\"version\":{{\"min\":1,\"max\":2}},\"data\":[{0}]}}")]
    [InlineData("{{\"data\":{0}}}")]
    public async Task A_closed_sale_costs_its_total_and_the_tax_on_top(string document) => Assert.Equal(Sold, await In(string.Format(null, document, Sale())));

    [Fact]
    public async Task Its_id_is_the_key_because_a_return_repeats_the_invoice_number()
    {
        var order = await TillFile.Order(InputFormat.Lightspeed, Sale());
        Assert.Equal(("s-1", "o-1", "r-1", null), (order.OrderNumber, order.StoreId, order.RegisterId, order.ReceiptNumber));
        Assert.Equal((false, 139.80m, 10.485m), (order.PricesIncludeTax, order.Totals.Net, order.Totals.Tax));
        Assert.Equal(new() { CustomerNumber = "John-L99C", Email = "pat@shop.example" }, order.Customer);
        Assert.Equal((new DateTimeOffset(2026, 11, 19, 23, 30, 0, default), new DateOnly(2026, 11, 20)), (order.OccurredAt, order.BusinessDate));
        var back = await TillFile.Order(InputFormat.Lightspeed, Return());
        Assert.Equal(("return 75.14 SEK: P1 1 x 69.9 = 69.9", "s-2", "s-1"), (TillFile.In(back), back.OrderNumber, back.OriginalReceipt!.OrderNumber));
        Assert.Equal(OrderIngest.IdentifyingOrders.SaleKey.Of(order)!.OrderId, back.OriginalReceipt.OrderId);
    }

    [Fact]
    public async Task A_return_may_be_known_by_its_negative_quantities_alone() =>
        Assert.Equal("return 75.14 SEK: P1 1 x 69.9 = 69.9", await In(With(Return(), "\"return_for\":null")));

    [Fact]
    public async Task Both_signs_are_an_exchange()
    {
        var file = With(Sale(), """ "return_for":"s-0","register_sale_products":[{"product_id":"P1","quantity":1,"price":"69.9","price_total":"69.9","tax_total":"5.24"},{"product_id":"P2","quantity":-1,"price":"9.9","price_total":"-9.9","tax_total":"-0.74"}]""");
        Assert.Equal("sale 75.14 SEK: P1 1 x 69.9 = 69.9\nreturn 10.64 SEK: P2 1 x 9.9 = 9.9", await In(file));
        var cheaper = With(Sale(), """ "return_for":"s-0","totals":{"total_price":"-60","total_tax":"-4.5"},"register_sale_products":[{"product_id":"P1","quantity":-1,"price":"69.9","price_total":"-69.9","tax_total":"-5.24"},{"product_id":"P2","quantity":1,"price":"9.9","price_total":"9.9","tax_total":"0.74"}]""");
        Assert.Equal("sale 10.64 SEK: P2 1 x 9.9 = 9.9\nreturn 75.14 SEK: P1 1 x 69.9 = 69.9", await In(cheaper));
    }

    [Theory]
    [InlineData("\"status\":\"SAVED\"", "skipped: status SAVED")]
    [InlineData("\"status\":\"LAYBY\"", "skipped: status LAYBY")]
    [InlineData("\"status\":\"VOIDED\"", "skipped: status VOIDED")]
    [InlineData("\"status\":\"LAYBY_CLOSED\"", Sold)]
    [InlineData("\"status\":\"ON_ACCOUNT\"", "skipped: status ON_ACCOUNT")]
    [InlineData("\"status\":\"ON_ACCOUNT_CLOSED\"", Sold)]
    [InlineData("\"status\":null,\"state\":\"closed\"", Sold)]
    [InlineData("\"status\":null", "rejected: $ is no sale: it has no id or no status")]
    [InlineData("\"deleted_at\":\"2026-11-19 20:00:00\"", "skipped: deleted")]
    [InlineData("\"deleted_at\":\"null\"", Sold)]
    [InlineData("\"register_sale_products\":[{\"product_id\":\"P1\",\"quantity\":0,\"price\":\"69.9\"}]", "skipped: a sale without goods")]
    public async Task Only_what_is_closed_counts(string field, string expected) => Assert.Equal(expected, await In(With(Sale(), field)));

    [Theory]
    [InlineData("{\"customer_code\":\"WALKIN\",\"email\":\"pos@shop.example\",\"id\":\"c-0\"}")]
    [InlineData("{\"customer_code\":\"walkin\"}")]
    [InlineData("{\"customer_code\":\"null\",\"email\":\"null\",\"id\":\"null\"}")]
    [InlineData("null")]
    [InlineData("\"null\"")]
    public async Task Nobody_is_nobody(string customer) => Assert.Equal(new(), (await TillFile.Order(InputFormat.Lightspeed, With(Sale(), $"\"customer\":{customer}"))).Customer);

    [Fact]
    public async Task Lines_of_no_pieces_are_left_out_and_discounts_are_of_one_piece()
    {
        var order = await TillFile.Order(InputFormat.Lightspeed, With(Sale(), """ "register_sale_products":[{"product_id":"P0","quantity":"0","price":"1"},{"product_id":"P1","quantity":"2","price":"8","discount":"2","price_total":"16","tax":"0.8"},{"product_id":"P2","quantity":2,"price":"10","discount":"2","price_total":"16"}]"""));
        Assert.Equal([("P1", 10m, 4m, 16m, 1.6m), ("P2", 10m, 4m, 16m, null)], order.Lines.Select(line => (line.Sku, line.UnitPrice, line.Discount, line.Total, line.TaxAmount)));
    }

    [Fact]
    public async Task Newer_documents_have_other_names()
    {
        const string Newer = """{"id":"s-1","outlet_id":"o-1","register_id":"r-1","status":"CLOSED","sale_date":"2026-11-19T18:30:00+00:00","total_price":20,"total_tax":5,"line_items":[{"product_id":"P1","quantity":2,"unit_price":10,"total_price":20,"total_tax":5}]}""";
        Assert.Equal("sale 25 SEK: P1 2 x 10 = 20", await In(Newer));
        const string Newest = """{"data":{"id":"s-1","state":"closed","source":{"register_id":"r-1","author_id":"u-1"},"date":"2026-11-19T23:30:00Z","line_items":[{"product":{"id":"P1","name":"Cap"},"quantity":2,"pricing":{"price":"9","cost":"5","discount":"1","loyalty_amount":"0"},"tax":{"id":"t-1","amount":"2.25"}}]}}""";
        var order = await TillFile.Order(InputFormat.Lightspeed, Newest);
        Assert.Equal("sale 22.5 SEK: P1 2 x 10 = 18", TillFile.In(order));
        Assert.Equal(("r-1", "r-1", new DateOnly(2026, 11, 20), "Cap", 2m), (order.StoreId, order.RegisterId, order.BusinessDate, order.Lines[0].Description, order.Lines[0].Discount));
    }

    [Fact]
    public async Task The_currency_is_the_sources() => Assert.Equal("rejected: currency is required", await TillFile.In(InputFormat.Lightspeed, Sale(), TillFile.Options(currency: null)));

    private static Task<string> In(string file) => TillFile.In(InputFormat.Lightspeed, file);

    private static string Sale() =>
        """{"created_at":"2026-11-19 23:31:00","customer":{"customer_code":"John-L99C","email":"pat@shop.example","mobile":null,"phone":"null"},"deleted_at":null,"id":"s-1","invoice_number":"12","outlet_id":"o-1","register_id":"r-1","register_sale_products":[{"product_id":"P1","quantity":1,"price":"69.90000","discount":"0.00000","price_total":"69.90000","tax":"5.24250","tax_total":"5.24250"},{"product_id":"P2","quantity":1,"price":"69.90000","price_total":"69.90000","tax_total":"5.24250"}],"return_for":null,"sale_date":"2026-11-19 23:30:00","status":"CLOSED","totals":{"total_price":"139.80000","total_tax":"10.48500","total_payment":"150.29000"}}""";

    private static string Return() => With(Sale(), """ "id":"s-2","return_for":"s-1","register_sale_products":[{"product_id":"P1","quantity":-1,"price":"69.90000","price_total":"-69.90000","tax_total":"-5.24250"}],"totals":{"total_price":"-69.90000","total_tax":"-5.24250"}""");

    // What is said again stands: the last of two values counts.
    private static string With(string document, string field) => $"{document[..^1]},{field}}}";
}
