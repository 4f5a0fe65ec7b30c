using Contracts.OrderIngest;
using OrderIngest.IdentifyingOrders;
using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;
using static OrderIngest.Tests.ReadingPosLog.PosLogText;

namespace OrderIngest.Tests.ReadingPosLog;

public sealed class PosLogReturnsTests
{
    [Theory]
    [InlineData(-2, 10, 20, -20)]
    [InlineData(-2, 10, -20, -20)]
    [InlineData(2, 10, -20, -20)]
    [InlineData(-2, -10, 20, 20)]
    public async Task Signs_alone_may_tell(decimal quantity, decimal price, decimal amount, decimal total) =>
        Assert.Equal("return 20 SEK: A 2 x 10 = 20", await TillFile.In(InputFormat.PosLog, One(Line(1, Sale("A", quantity, price, amount)) + Total(total))));

    [Fact]
    public async Task The_elements_name_alone_may_tell() =>
        Assert.Equal("return 20 SEK: A 2 x 10 = 20", await TillFile.In(InputFormat.PosLog, One(Line(1, Return("A", 2, 10)) + Total(20))));

    [Theory]
    [InlineData("", " TypeCode=\"Return\"", "", 20)]
    [InlineData("", " ItemType=\"ns:Return\"", "", 20)]
    [InlineData(" TypeCode=\"Refund\"", "", "", 20)]
    [InlineData("", "", "<TransactionType>RETURN</TransactionType>", 20)]
    [InlineData("", "", "<TransactionType>ReturnTransaction</TransactionType>", 20)]
    [InlineData("", "", "", -20)]
    public async Task A_type_or_the_total_may_tell(string ofRetail, string ofSale, string child, decimal total) =>
        Assert.Equal("return 20 SEK: A 2 x 10 = 20", await TillFile.In(InputFormat.PosLog, One(child + Line(1, Sale("A", 2, 10, attributes: ofSale)) + Total(total), ofRetail: ofRetail)));

    [Fact]
    public async Task A_transaction_that_says_return_may_be_an_exchange() =>
        Assert.Equal("sale 10 SEK: A 1 x 10 = 10\nreturn 20 SEK: B 2 x 10 = 20", await TillFile.In(InputFormat.PosLog, One(Line(1, Return("B", 2, 10)) + Line(2, Sale("A", 1, 10)) + Total(10), ofRetail: " TypeCode=\"ReturnTransaction\"")));

    [Fact]
    public async Task Money_that_only_went_out_tells() =>
        Assert.Equal("return 20 SEK: A 2 x 10 = 20", await TillFile.In(InputFormat.PosLog, One(Line(1, Sale("A", 2, 10)) + Tender(2, 20, "Refund") + Total(20))));

    [Theory]
    [InlineData("<TenderChange><Amount>50</Amount></TenderChange>", 0)]
    [InlineData("<Cashback>50</Cashback>", -50)]
    [InlineData("<TenderChange><Amount>50</Amount></TenderChange>", -50)]
    public async Task Cash_that_is_paid_out_from_a_card_does_not_make_a_sale_a_return(string ofCard, decimal cash)
    {
        var card = Line(2, $"<Tender TenderType=\"CreditDebit\" TypeCode=\"Sale\"><Amount>70</Amount>{ofCard}</Tender>");
        Assert.Equal("sale 20 SEK: A 2 x 10 = 20", await TillFile.In(InputFormat.PosLog, One(Line(1, Sale("A", 2, 10)) + card + (cash == 0 ? "" : Tender(3, cash)) + Total(20))));
    }

    [Theory]
    [InlineData("<LineItem><SequenceNumber>1</SequenceNumber><Return><ItemID>A</ItemID><ExtendedAmount>10</ExtendedAmount><Quantity>1</Quantity>{0}</Return></LineItem>")]
    [InlineData("{0}<LineItem><SequenceNumber>1</SequenceNumber><Return><ItemID>A</ItemID><ExtendedAmount>10</ExtendedAmount><Quantity>1</Quantity></Return></LineItem>")]
    public async Task It_names_the_receipt_it_was_bought_with(string lines)
    {
        const string Link = "<TransactionLink ReasonCode=\"Return\"><RetailStoreID>0007</RetailStoreID><WorkstationID>3</WorkstationID><SequenceNumber>0045</SequenceNumber><BusinessDayDate>2026-11-02</BusinessDayDate></TransactionLink>";
        var order = await TillFile.Order(InputFormat.PosLog, One(string.Format(null, lines, Link)));
        Assert.Equal(
            new ReceiptReference { StoreId = "0007", RegisterId = "3", ReceiptNumber = "0045", BusinessDate = new(2026, 11, 2), OrderId = order.OriginalReceipt!.OrderId },
            order.OriginalReceipt);
        var bought = await TillFile.Order(InputFormat.PosLog, One(Line(1, Sale("A", 1, 10)), Head.Replace("0412", "0007", StringComparison.Ordinal).Replace(">2<", ">3<", StringComparison.Ordinal)
            .Replace(">123<", ">0045<", StringComparison.Ordinal).Replace("2026-11-19<", "2026-11-02<", StringComparison.Ordinal)));
        Assert.Equal(SaleKey.Of(bought)!.OrderId, order.OriginalReceipt.OrderId);
    }

    [Fact]
    public async Task Both_on_one_receipt_become_a_sale_and_a_return_that_name_each_other()
    {
        var file = One(Line(1, Sale("A", 2, 10)) + Line(2, Return("B", 1, 15, more: "<TransactionLink><SequenceNumber>45</SequenceNumber></TransactionLink>")) + Total(5) + Total(1, "TransactionTaxAmount"));
        var inputs = await TillFile.Read(InputFormat.PosLog, file);
        Assert.Equal("sale 20 SEK: A 2 x 10 = 20\nreturn 15 SEK: B 1 x 15 = 15", TillFile.In(inputs));
        var (sale, back) = (inputs[0].Order!, inputs[1].Order!);
        Assert.Equal((SaleKey.Of(back)!.OrderId, SaleKey.Of(sale)!.OrderId), (sale.ExchangeOrderId, back.ExchangeOrderId));
        Assert.NotEqual(sale.ExchangeOrderId, back.ExchangeOrderId);
        // The sale has the id that the receipt would have had without the return.
        var alone = await TillFile.Order(InputFormat.PosLog, One(Line(1, Sale("A", 2, 10)) + Total(20)));
        Assert.Equal(SaleKey.Of(alone)!.OrderId, SaleKey.Of(sale)!.OrderId);
        Assert.Null(alone.ExchangeOrderId);
        Assert.Equal((null, "45"), (sale.OriginalReceipt?.ReceiptNumber, back.OriginalReceipt!.ReceiptNumber));
        // The receipt's own totals are those of both together.
        Assert.Equal((null, null), (sale.Totals.Tax, back.Totals.Tax));
        Assert.Equal([1, 0], inputs.Select(input => input.Rows));
    }

    [Fact]
    public async Task Half_an_exchange_is_never_taken_in()
    {
        var file = One(Line(1, Sale("A", 2, 10)) + Line(2, Return(new string('B', 101), 1, 15)) + Total(5));
        Assert.Equal("rejected: LineItem 2, sku is longer than 100 characters", await TillFile.In(InputFormat.PosLog, file));
    }

    [Fact]
    public async Task A_coupon_among_the_goods_takes_something_off_and_comes_back_nowhere()
    {
        var file = One(Line(1, Sale("A", 2, 10)) + Line(2, Sale("SAVE3", 1, -3, attributes: " ItemType=\"Coupon\"")) + Total(17));
        Assert.Equal("sale 17 SEK: A 2 x 10 = 20", await TillFile.In(InputFormat.PosLog, file));
        Assert.Equal(3, (await TillFile.Order(InputFormat.PosLog, file)).Totals.Discount);
    }
}
