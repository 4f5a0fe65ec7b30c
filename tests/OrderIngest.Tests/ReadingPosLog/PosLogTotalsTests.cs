using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;
using static OrderIngest.Tests.ReadingPosLog.PosLogText;

namespace OrderIngest.Tests.ReadingPosLog;

public sealed class PosLogTotalsTests
{
    private static readonly string Goods = Line(1, Sale("A", 2, 10));

    [Theory]
    [InlineData(21, "GrossAmount=22 GrandAmount=21 TransactionNetAmount=19")]
    [InlineData(22, "TransactionGrossAmount=22 TransactionAmount=23")]
    [InlineData(23, "TransactionAmount=23 x:GrossPositive=20")]
    [InlineData(18, "x:GrossPositive=20 x:GrossNegative=-2")]
    [InlineData(17, "TransactionGrossPositiveAmount=20 TransactionGrossNegativeAmount=0 TransactionAmountTotal=17")]
    [InlineData(20, "TransactionPurchaseQuantity=2")]
    [InlineData(20, "")]
    public async Task What_was_paid_is_the_first_of_these(decimal gross, string totals)
    {
        var stated = totals.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(total => total.Split('=')).Select(total => Total(decimal.Parse(total[1]), total[0]));
        Assert.Equal(gross, (await TillFile.Order(InputFormat.PosLog, One(Goods + string.Concat(stated)))).Totals.Gross);
    }

    [Fact]
    public async Task Totals_deeper_inside_are_somebody_elses() =>
        Assert.Equal(20, (await TillFile.Order(InputFormat.PosLog, One($"<Key>{Total(99)}</Key><x:Total TotalType=\"TransactionGrandAmount\">98</x:Total>{Goods}"))).Totals.Gross);

    [Theory]
    [InlineData("<Total><TransactionGrandAmount>21.50</TransactionGrandAmount></Total>")]
    [InlineData("<Total TotalType=\"TransactionGrandAmount\"><Amount>21.50</Amount></Total>")]
    [InlineData("<Total TypeCode=\"TransactionGrandAmount\"> 21.50 </Total>")]
    public async Task A_total_may_be_written_in_other_ways(string total) => Assert.Equal(21.50m, (await TillFile.Order(InputFormat.PosLog, One(Goods + total))).Totals.Gross);

    [Theory]
    // Net means without tax at most tills, with it at some; what was paid tells.
    [InlineData(25, 20, 5, 25.0)]
    [InlineData(20, 20, 5, 20.0)]
    [InlineData(25, 20, 5, 25.4)]
    [InlineData(20, 20, 5, null, "true")]
    [InlineData(25, 20, 5, null, "false")]
    [InlineData(25, 20, 5, null)]
    public async Task A_net_amount_gets_its_tax_unless_it_is_inside(decimal gross, decimal net, decimal tax, double? paid, string? inside = null)
    {
        var goods = inside is null ? Goods : Line(1, Sale("A", 2, 10, more: $"<Tax><TaxableAmount TaxIncludedInTaxableAmountFlag=\"{inside}\">20</TaxableAmount><Amount>5</Amount><Percent>25</Percent></Tax>"));
        var tender = paid is { } amount ? Tender(9, (decimal)amount) : "";
        var order = await TillFile.Order(InputFormat.PosLog, One(goods + tender + Total(net, "TransactionNetAmount") + Total(tax, "TransactionTaxAmount")));
        Assert.Equal((gross, net, tax), (order.Totals.Gross, order.Totals.Net, order.Totals.Tax));
        Assert.Equal(gross == net, order.PricesIncludeTax);
    }

    [Theory]
    // The tax on a line of its own; the change on one, too; no total anywhere, and with a net amount.
    [InlineData(25, 25, 0, "")]
    [InlineData(25, 100, 75, "")]
    [InlineData(20, 20, 0, "")]
    [InlineData(25, 100, 75, "<Total TotalType=\"TransactionNetAmount\">20</Total>")]
    [InlineData(20, 100, 80, "<Total TotalType=\"TransactionNetAmount\">20</Total>")]
    public async Task Tax_and_change_may_be_lines(decimal gross, decimal given, decimal change, string net)
    {
        var order = await TillFile.Order(InputFormat.PosLog, One(
            Goods + Line(2, "<Tax><Amount>5</Amount></Tax>") + Tender(3, given) + (change == 0 ? "" : Line(4, $"<TenderChange TypeCode=\"Refund\"><Amount>{change}</Amount></TenderChange>")) + net));
        Assert.Equal((gross, 5, gross == 20), (order.Totals.Gross, order.Totals.Tax, order.PricesIncludeTax));
    }

    [Fact]
    public async Task Change_may_be_a_payment_with_a_minus_that_states_it_again()
    {
        var change = Line(4, "<Tender TypeCode=\"Sale\"><Amount>-75</Amount><TenderChange><Amount>-75</Amount></TenderChange></Tender>");
        var order = await TillFile.Order(InputFormat.PosLog, One(Goods + Line(2, "<Tax><Amount>5</Amount></Tax>") + Tender(3, 100) + change));
        Assert.Equal((25, false), (order.Totals.Gross, order.PricesIncludeTax));
    }

    [Fact]
    public async Task In_an_exchange_the_tax_of_what_came_back_is_taken_off()
    {
        var file = One(Line(1, Sale("A", 1, 40, more: "<Tax><Amount>6</Amount></Tax>")) + Line(2, Return("B", 1, 10, more: "<Tax><Amount>1</Amount></Tax>")) + Total(35));
        Assert.Equal("sale 46 SEK: A 1 x 40 = 40\nreturn 11 SEK: B 1 x 10 = 10", await TillFile.In(InputFormat.PosLog, file));
    }

    [Fact]
    public async Task A_difference_between_lines_and_total_is_noted_and_what_the_till_says_stands()
    {
        var input = Assert.Single(await TillFile.Read(InputFormat.PosLog, One(Goods + Line(2, "<LoyaltyReward><ExtendedAmount>-3</ExtendedAmount></LoyaltyReward>") + Total(17))));
        Assert.Equal("sale 17 SEK: A 2 x 10 = 20", TillFile.In(input));
        Assert.Contains("the lines add up to 20, the till states 17", input.Notes);
        Assert.Empty(Assert.Single(await TillFile.Read(InputFormat.PosLog, One(Goods + Total(20.04m)))).Notes);
    }

    [Fact]
    public async Task A_discount_that_is_inside_the_price_is_not_taken_off_again()
    {
        const string Discounted =
            "<Sale><ItemID>A</ItemID><RegularSalesUnitPrice>0.6</RegularSalesUnitPrice><ActualSalesUnitPrice>0.5</ActualSalesUnitPrice><ExtendedAmount>1</ExtendedAmount><Quantity Units=\"2\">2</Quantity>" +
            "<RetailPriceModifier><Amount Action=\"Replace\">0.5</Amount></RetailPriceModifier></Sale>";
        var order = await TillFile.Order(InputFormat.PosLog, One(Line(1, Discounted) + Line(2, "<Discount><Amount>0.2</Amount></Discount>") + Total(1)));
        Assert.Equal((0.5m, 0m, 1m), (order.Lines[0].UnitPrice, order.Lines[0].Discount, order.Totals.Gross));
        var listed = await TillFile.Order(InputFormat.PosLog, One(Line(1, Sale("A", 2, 10, 18)) + Total(18)));
        Assert.Equal((10, 2, 18), (listed.Lines[0].UnitPrice, listed.Lines[0].Discount, listed.Lines[0].Total));
    }

    [Fact]
    public async Task Lines_without_amounts_cost_nothing_and_the_total_stands()
    {
        var input = Assert.Single(await TillFile.Read(InputFormat.PosLog, One(Line(1, "<Sale><ItemID>A</ItemID><Quantity>1</Quantity></Sale>") + Line(1, "<Sale><POSIdentity><POSItemID>9442</POSItemID></POSIdentity></Sale>") + Tender(3, 35))));
        Assert.Equal("sale 35 SEK: A 1 x 0 = 0, 9442 1 x 0 = 0", TillFile.In(input));
        Assert.Equal([1, 2], input.Order!.Lines.Select(line => line.Number));
        Assert.Contains("LineItem 1: no quantity, one piece is taken", input.Notes);
        Assert.Contains("LineItem 1: no amount, 0 is taken", input.Notes);
        Assert.Contains("line numbers are missing or repeated: the lines are counted instead", input.Notes);
    }

    [Theory]
    [InlineData("<Quantity Units=\"3\">1</Quantity>", 3)]
    [InlineData("<Quantity Units=\"3\" UnitOfMeasureCode=\"EA\">1.</Quantity>", 3)]
    [InlineData("<Quantity Units=\"1\">3</Quantity>", 3)]
    [InlineData("<Quantity Units=\"0.00\">3.00000</Quantity>", 3)]
    [InlineData("<Quantity Units=\"3\"/>", 3)]
    [InlineData("<Quantity>3.</Quantity>", 3)]
    [InlineData("<Quantity>3.0E0</Quantity>", 3)]
    public async Task A_quantity_may_be_an_attribute(string quantity, decimal pieces)
    {
        var order = await TillFile.Order(InputFormat.PosLog, One(Line(1, $"<Sale><ItemID>A</ItemID><ActualSalesUnitPrice>2</ActualSalesUnitPrice><ExtendedAmount>6</ExtendedAmount>{quantity}</Sale>")));
        Assert.Equal((pieces, 6), (order.Lines[0].Quantity, order.Lines[0].Total));
    }

    [Fact]
    public async Task Weighed_goods_have_decimals_and_a_unit()
    {
        var order = await TillFile.Order(InputFormat.PosLog, One(Line(1, "<Sale><ItemID>A</ItemID><RegularSalesUnitPrice>2.99</RegularSalesUnitPrice><ExtendedAmount>1.26</ExtendedAmount><Quantity UnitOfMeasureCode=\"KG\">0.42</Quantity></Sale>")));
        Assert.Equal((0.42m, "KG", 2.99m, 1.26m), (order.Lines[0].Quantity, order.Lines[0].Unit, order.Lines[0].UnitPrice, order.Lines[0].Total));
    }

    [Theory]
    [InlineData("<CurrencyCode>nok</CurrencyCode>", "", "", "NOK")]
    [InlineData("<CurrencyCode>XXX</CurrencyCode>", " CurrencyCode=\"DKK\"", "", "DKK")]
    [InlineData("", " Currency=\"DKK\"", "", "DKK")]
    [InlineData("", "", " Currency=\"EUR\"", "EUR")]
    [InlineData("", "", " Currency=\"XXX\"", "SEK")]
    [InlineData("", "", "", "SEK")]
    public async Task The_currency_is_an_element_or_an_attribute_or_the_sources(string element, string ofTotal, string ofTender, string currency)
    {
        var head = Head.Replace("<CurrencyCode>SEK</CurrencyCode>", element, StringComparison.Ordinal);
        var file = One($"{Goods}{Line(2, $"<Tender><Amount{ofTender}>20</Amount></Tender>")}<Total TotalType=\"TransactionGrandAmount\"{ofTotal}>20</Total>", head);
        Assert.Equal(currency, (await TillFile.Order(InputFormat.PosLog, file)).Currency);
        var ofCash = One($"{Goods}{Line(2, "<Tender TenderType=\"Cash\" SubTenderType=\"CAD\"><Amount>20</Amount></Tender>")}", head);
        Assert.Equal(element.Length == 0 || element.Contains("XXX", StringComparison.Ordinal) ? "CAD" : currency, (await TillFile.Order(InputFormat.PosLog, ofCash)).Currency);
        if (currency == "SEK")
            Assert.Equal("rejected: currency is required", await TillFile.In(InputFormat.PosLog, file, TillFile.Options(currency: null)));
    }

    [Theory]
    [InlineData("<Sale><ItemID>A</ItemID><ExtendedAmount>dear</ExtendedAmount><Quantity>1</Quantity></Sale>", "LineItem 1, ExtendedAmount must be a number with a decimal point")]
    [InlineData("<Sale><ItemID>A</ItemID><ExtendedAmount>1,50</ExtendedAmount><Quantity>1</Quantity></Sale>", "LineItem 1, ExtendedAmount must be a number with a decimal point")]
    [InlineData("<Sale><ItemID>A</ItemID><ExtendedAmount>1</ExtendedAmount><Quantity>9999999999999</Quantity></Sale>", "LineItem 1, Quantity is beyond 1,000,000,000,000")]
    public async Task What_is_no_number_is_told_with_its_place(string sale, string says) => Assert.Equal($"rejected: {says}", await TillFile.In(InputFormat.PosLog, One(Line(1, sale))));
}
