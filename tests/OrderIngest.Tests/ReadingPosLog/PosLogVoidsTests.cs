using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;
using static OrderIngest.Tests.ReadingPosLog.PosLogText;

namespace OrderIngest.Tests.ReadingPosLog;

/// <summary>What the till took back, in the ways tills write it.</summary>
public sealed class PosLogVoidsTests
{
    private const string Flag = " VoidFlag=\"true\"";

    [Theory]
    [InlineData(11, false)]
    [InlineData(10, true)]
    public async Task Whether_the_tax_is_inside_the_lines_that_stand_tell(decimal total, bool isInside)
    {
        var order = await TillFile.Order(InputFormat.PosLog, One(
            Line(1, Sale("A", 1, 10)) + Line(2, Sale("B", 1, 20)) + Line(3, Sale("B", -1, 20), " VoidFlag=\"true\"") + Total(1, "TransactionTaxAmount") + Total(total)));
        Assert.Equal(($"sale {total} SEK: A 1 x 10 = 10", isInside), (TillFile.In(order), order.PricesIncludeTax));
    }

    [Fact]
    public Task A_flagged_line_with_a_link_takes_its_original_along() => Becomes("sale 5 SEK: B 1 x 5 = 5",
        Line(1, Sale("A", 2, 10)), Line(2, Sale("B", 1, 5)), Line(3, Sale("A", 2, 10, 0, "<ItemLink>1</ItemLink>"), Flag), Total(5));

    [Theory]
    [InlineData("<ItemLink><LineItemSequenceNumber>1</LineItemSequenceNumber></ItemLink>")]
    [InlineData("<ItemLink><SequenceNumber>01</SequenceNumber></ItemLink>")]
    [InlineData("<VoidedLineItemSequenceNumber>1</VoidedLineItemSequenceNumber>")]
    public async Task The_link_may_be_written_in_other_ways(string link)
    {
        await Becomes("sale 5 SEK: B 1 x 5 = 5", Line(1, Sale("A", 2, 10)), Line(2, Sale("B", 1, 5)), Line(3, Sale("A", 2, 10, 0, link), Flag), Total(5));
        await Becomes("sale 5 SEK: B 1 x 5 = 5", Line(1, Sale("A", 2, 10)), Line(2, Sale("B", 1, 5)), Line(3, Sale("A", 2, 10, 0), Flag, link), Total(5));
    }

    [Fact]
    public Task A_link_to_the_article_that_a_voided_deposit_belongs_to_leaves_the_article() => Becomes("sale 20 SEK: A 2 x 10 = 20",
        Line(1, Sale("A", 2, 10)), Line(2, Sale("DEPOSIT", 2, 1, 2, "<ItemLink>1</ItemLink>"), Flag), Total(20));

    [Fact]
    public Task A_linked_void_of_some_of_the_pieces_leaves_the_others() => Becomes("sale 20 SEK: A 2 x 10 = 20",
        Line(1, Sale("A", 3, 10)), Line(2, Sale("A", 1, 10, 10, "<ItemLink>1</ItemLink>"), Flag), Total(20));

    [Fact]
    public Task A_negative_flagged_line_takes_the_nearest_equal_line_along() => Becomes("sale 25 SEK: A 2 x 10 = 20, B 1 x 5 = 5",
        Line(1, Sale("A", 2, 10)), Line(2, Sale("B", 1, 5)), Line(3, Sale("A", 2, 10)), Line(4, Sale("A", -2, 10), Flag), Total(25));

    [Fact]
    public Task A_positive_repetition_takes_its_original_along_where_the_total_says_so() => Becomes("sale 5 SEK: B 1 x 5 = 5",
        Line(1, Sale("A", 2, 10)), Line(2, Sale("A", 2, 10), Flag), Line(3, Sale("B", 1, 5)), Total(5));

    [Fact]
    public Task Where_only_the_payment_tells_it_is_the_total() => Becomes("sale 5 SEK: B 1 x 5 = 5",
        Line(1, Sale("A", 2, 10)), Line(2, Sale("A", 2, 10), Flag), Line(3, Sale("B", 1, 5)), Tender(4, 5));

    [Fact]
    public Task A_flagged_original_goes_alone_though_an_equal_one_stands_before_it() => Becomes("sale 25 SEK: A 2 x 10 = 20, B 1 x 5 = 5",
        Line(1, Sale("A", 2, 10)), Line(2, Sale("A", 2, 10), Flag), Line(3, Sale("B", 1, 5)), Total(25));

    [Fact]
    public Task An_original_and_its_reversal_may_both_be_flagged() => Becomes("sale 20 SEK: A 2 x 10 = 20",
        Line(1, Sale("A", 2, 10)), Line(2, Sale("A", 2, 10), Flag), Line(3, Sale("A", -2, 10), Flag), Total(20));

    [Theory]
    [InlineData(" VoidFlag=\"1\"", "", "")]
    [InlineData(" CancelFlag=\"True\"", "", "")]
    [InlineData("", " VoidFlag=\"true\"", "")]
    [InlineData("", "", "<VoidFlag>true</VoidFlag>")]
    public Task The_flag_may_stand_elsewhere(string ofLine, string ofGoods, string child) => Becomes("sale 5 SEK: B 1 x 5 = 5",
        Line(1, Sale("A", 2, 10, attributes: ofGoods), ofLine, child), Line(2, Sale("B", 1, 5)), Total(5));

    [Fact]
    public async Task Lines_left_out_leave_a_gap_in_the_numbers()
    {
        var order = await TillFile.Order(InputFormat.PosLog, One(Line(11, Sale("A", 1, 1.49m)) + Line(12, Sale("B", 1, 1.29m)) + Total(2.78m)));
        Assert.Equal([11, 12], order.Lines.Select(line => line.Number));
    }

    [Fact]
    public Task When_every_line_is_voided_nothing_was_sold() => Becomes("skipped: every line was voided", Line(1, Sale("A", 2, 10)), Line(2, Sale("A", -2, 10), Flag), Total(0));

    [Fact]
    public Task A_linked_line_that_is_not_flagged_stands() => Becomes("sale 22 SEK: A 2 x 10 = 20, DEPOSIT 2 x 1 = 2",
        Line(1, Sale("A", 2, 10)), Line(2, Sale("DEPOSIT", 2, 1, 2, "<ItemLink>1</ItemLink>")), Total(22));

    [Theory]
    [InlineData("<TransactionLink ReasonCode=\"VoidedTransaction\">{0}</TransactionLink>", "")]
    [InlineData("<TransactionLink TypeCode=\"PostVoid\">{0}</TransactionLink>", "")]
    [InlineData("<TransactionLink><ReasonCode>x:Void</ReasonCode>{0}</TransactionLink>", "")]
    [InlineData("<TransactionLink>{0}</TransactionLink>", " TransactionStatus=\"PostVoided\"")]
    public async Task A_receipt_that_voids_an_earlier_one_is_its_return(string link, string ofRetail)
    {
        const string Earlier = "<RetailStoreID>0412</RetailStoreID><WorkstationID>1</WorkstationID><SequenceNumber>99</SequenceNumber><BusinessDayDate>2026-11-18</BusinessDayDate>";
        var file = One(string.Format(null, link, Earlier) + Line(1, Sale("A", 2, 10)) + Total(20), ofRetail: ofRetail);
        var input = Assert.Single(await TillFile.Read(InputFormat.PosLog, file));
        Assert.Equal("return 20 SEK: A 2 x 10 = 20", TillFile.In(input));
        Assert.Equal(("0412", "1", "99", new DateOnly(2026, 11, 18)), (input.Order!.OriginalReceipt!.StoreId, input.Order.OriginalReceipt.RegisterId, input.Order.OriginalReceipt.ReceiptNumber, input.Order.OriginalReceipt.BusinessDate));
        Assert.NotNull(input.Order.OriginalReceipt.OrderId);
        Assert.Contains("voids an earlier receipt: taken as its return", input.Notes);
    }

    [Fact]
    public async Task One_that_voids_without_saying_which_goods_is_shown_to_a_person()
    {
        const string Link = "<TransactionLink ReasonCode=\"Void\"><SequenceNumber>99</SequenceNumber></TransactionLink>";
        const string Says = "rejected: Transaction voids an earlier receipt and does not say which goods: look whether that one was taken in, and have its return sent";
        Assert.Equal(Says, await TillFile.In(InputFormat.PosLog, One(Link)));
        Assert.Equal(Says, await TillFile.In(InputFormat.PosLog, Log($"<Transaction>{Head}<ControlTransaction><PostVoid>{Link}</PostVoid></ControlTransaction></Transaction>")));
    }

    private static async Task Becomes(string expected, params string[] lines) => Assert.Equal(expected, await TillFile.In(InputFormat.PosLog, One(string.Concat(lines))));
}
