using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;
using static OrderIngest.Tests.ReadingPosLog.PosLogText;

namespace OrderIngest.Tests.ReadingPosLog;

/// <summary>Some tills state a line's amount before its discount, others after it: the receipt's total tells.</summary>
public sealed class PosLogDiscountsTests
{
    private const string Noted = "the lines' discounts are taken off their amounts";

    private static readonly string Lines = Line(1, Sale("A", 1, 556, more: Off(101, 33))) + Line(2, Sale("B", 2, 720, more: Off(793, 47)));

    [Theory]
    // Nothing but the discounts; cash that was handed over less the change, where no total is stated; with the tax on top.
    [InlineData(1102, "TransactionGrandAmount", null, 1102, true)]
    [InlineData(1400, "x:AmountIn", 298.0, 1102, true)]
    [InlineData(1182, "TransactionGrandAmount", null, 1182, false)]
    public async Task Where_only_amounts_less_discounts_are_what_was_paid_they_are_taken_off(decimal total, string type, double? change, decimal gross, bool includeTax)
    {
        var paid = change is { } back ? Line(3, $"<Tender TypeCode=\"Sale\"><Amount>{total}</Amount><TenderChange><Amount>{back}</Amount></TenderChange></Tender>") : "";
        var input = Assert.Single(await TillFile.Read(InputFormat.PosLog, One(Lines + paid + Total(total, type))));
        Assert.Equal($"sale {gross} SEK: A 1 x 556 = 455, B 2 x 720 = 647", TillFile.In(input));
        Assert.Equal([101m, 793m], input.Order!.Lines.Select(line => line.Discount));
        Assert.Equal(includeTax, input.Order.PricesIncludeTax);
        Assert.Contains(Noted, input.Notes);
    }

    [Theory]
    // Discounts that are inside of the amounts already, and a total that neither explains.
    [InlineData(1996)]
    [InlineData(2076)]
    [InlineData(1500)]
    public async Task Otherwise_amounts_stay(decimal total)
    {
        var input = Assert.Single(await TillFile.Read(InputFormat.PosLog, One(Lines + Total(total))));
        Assert.Equal($"sale {total} SEK: A 1 x 556 = 556, B 2 x 720 = 1440", TillFile.In(input));
        Assert.DoesNotContain(Noted, input.Notes);
    }

    [Fact]
    public async Task Modifiers_of_the_price_stand_in_for_a_discount_that_is_not_stated()
    {
        const string Cheaper = "<RetailPriceModifier><Amount Action=\"Subtract\">5</Amount></RetailPriceModifier><RetailPriceModifier><Amount Action=\"Replace\">9</Amount></RetailPriceModifier><Tax><Amount>2.50</Amount></Tax>";
        var goods = Line(1, Sale("A", 1, 55, more: Cheaper)) + Line(2, $"<Sale><ItemID>B</ItemID><RegularSalesUnitPrice>55</RegularSalesUnitPrice><Quantity>1</Quantity>{Cheaper}</Sale>") + Line(3, "<Discount><Amount>10</Amount></Discount>");
        Assert.Equal("sale 105 SEK: A 1 x 55 = 50, B 1 x 55 = 50", await TillFile.In(InputFormat.PosLog, One(goods + Total(105))));
        Assert.Equal("sale 115 SEK: A 1 x 55 = 55, B 1 x 55 = 55", await TillFile.In(InputFormat.PosLog, One(goods + Total(115))));
    }

    [Fact]
    public async Task Returns_and_receipts_with_voided_lines_too()
    {
        Assert.Equal("return 455 SEK: A 1 x 556 = 455", await TillFile.In(InputFormat.PosLog, One(Line(1, Return("A", 1, 556, more: Off(101, 33))) + Total(455))));
        Assert.Equal("sale 455 SEK: A 1 x 556 = 455", await TillFile.In(InputFormat.PosLog, One(
            Lines + Line(3, Sale("B", -2, 720, more: Off(793, 47)), " VoidFlag=\"true\"", "<ItemLink>2</ItemLink>") + Total(455))));
    }

    private static string Off(decimal discount, decimal tax) => $"<ExtendedDiscountAmount>{discount}</ExtendedDiscountAmount><Tax><Amount>{tax}</Amount></Tax>";
}
