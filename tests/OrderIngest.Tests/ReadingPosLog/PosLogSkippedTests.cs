using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;
using static OrderIngest.Tests.ReadingPosLog.PosLogText;

namespace OrderIngest.Tests.ReadingPosLog;

/// <summary>What happened at the till and was no order: passed over, counted, with its reason.</summary>
public sealed class PosLogSkippedTests
{
    private static readonly string Goods = Line(1, Sale("A", 1, 10)) + Total(10);

    [Theory]
    [InlineData(" TrainingModeFlag=\"true\"", "", "", "training")]
    [InlineData(" CancelFlag=\"True\"", "", "", "cancelled")]
    [InlineData(" CancelFlag=\"1\"", "", "", "cancelled")]
    [InlineData("", " CancelFlag=\"TRUE\"", "", "cancelled")]
    [InlineData("", "", "<TrainingModeFlag>true</TrainingModeFlag>", "training")]
    [InlineData(" x:ZeroSales=\"true\"", "", "", "zero sales")]
    [InlineData("", " TransactionStatus=\"Canceled\"", "", "status Canceled")]
    [InlineData("", " TransactionStatus=\"x:Voided\"", "", "status Voided")]
    [InlineData("", " TransactionStatus=\"Suspended\"", "", "status Suspended")]
    [InlineData("", "", "<TransactionType>Cancel</TransactionType>", "type Cancel")]
    [InlineData("", "", "<x:TransactionType>Void</x:TransactionType>", "type Void")]
    [InlineData("", "", "<TransactionType>GiftReceipt</TransactionType>", "type GiftReceipt")]
    [InlineData("", "", "<TransactionType>Pay_In</TransactionType>", "type Pay_In")]
    [InlineData("", "", "<TransactionType>PayOut</TransactionType>", "type PayOut")]
    [InlineData("", "", "<TransactionType>Loan</TransactionType>", "type Loan")]
    [InlineData("", "", "<TransactionType>Pickup</TransactionType>", "type Pickup")]
    [InlineData("", "", "<TransactionType>SOD</TransactionType>", "type SOD")]
    [InlineData("", "", "<TransactionType>EOD</TransactionType>", "type EOD")]
    [InlineData("", "", "<TransactionType>SignOn</TransactionType>", "type SignOn")]
    [InlineData("", "", "<TransactionType>AutoSignOff</TransactionType>", "type AutoSignOff")]
    [InlineData(" TypeCode=\"PaidOut\"", "", "", "type PaidOut")]
    [InlineData(" TypeCode=\"SuspendedTransaction\"", "", "", "type SuspendedTransaction")]
    [InlineData(" TypeCode=\"TransactionVoid\"", "", "", "type TransactionVoid")]
    [InlineData("", "", "<TransactionType>VoidTransaction</TransactionType>", "type VoidTransaction")]
    [InlineData("", "", "<TransactionType>Quote</TransactionType>", "type Quote")]
    [InlineData(" SuspendFlag=\"true\"", "", "", "suspended")]
    [InlineData(" SuspendedFlag=\"true\" VoidedFlag=\"false\"", "", "", "suspended")]
    [InlineData(" VoidedFlag=\"true\"", "", "", "voided")]
    [InlineData("", " VoidFlag=\"true\"", "", "voided")]
    [InlineData("", " TransactionStatus=\"SuspendedRetrieved\"", "", "status SuspendedRetrieved")]
    public async Task A_transaction_that_says_so(string ofTransaction, string ofRetail, string child, string reason)
    {
        Assert.Equal($"skipped: {reason}", await TillFile.In(InputFormat.PosLog, One(Goods, child + Head, ofTransaction, ofRetail)));
        if (child.Length > 0)
            Assert.Equal($"skipped: {reason}", await TillFile.In(InputFormat.PosLog, One(child + Goods)));
    }

    [Theory]
    [InlineData(" TrainingModeFlag=\"false\" CancelFlag=\"False\" TypeCode=\"Sale\"", " TransactionStatus=\"Finished\"", "")]
    [InlineData(" SuspendFlag=\"false\" VoidedFlag=\"false\" TypeCode=\"SaleTransaction\"", " TransactionStatus=\"Shipped\"", "")]
    [InlineData("", " TransactionStatus=\"Delivered\" TypeCode=\"Transaction\"", "<TransactionType>Sale</TransactionType>")]
    [InlineData("", "", "<ControlTransaction><ApplicationEvent>CashDrawerOpen</ApplicationEvent></ControlTransaction>")]
    public async Task A_sale_that_says_it_is_one_is_not(string ofTransaction, string ofRetail, string child) =>
        Assert.Equal("sale 10 SEK: A 1 x 10 = 10", await TillFile.In(InputFormat.PosLog, One(Goods, child + Head, ofTransaction, ofRetail)));

    [Fact]
    public async Task A_transaction_without_goods()
    {
        Assert.Equal("skipped: a transaction without goods", await TillFile.In(InputFormat.PosLog, One("")));
        Assert.Equal("skipped: a transaction without goods", await TillFile.In(InputFormat.PosLog, One(Tender(1, 100) + Line(2, "<PaidIn><Amount>100</Amount></PaidIn>") + Total(0))));
        Assert.Equal("skipped: no retail transaction: ControlTransaction", await TillFile.In(InputFormat.PosLog, Log($"<Transaction>{Head}<ControlTransaction><OperatorSignOn/></ControlTransaction></Transaction>")));
        Assert.Equal("skipped: no retail transaction: TenderControlTransaction", await TillFile.In(InputFormat.PosLog, Log($"<Transaction>{Head}<TenderControlTransaction/></Transaction>")));
        Assert.Equal("skipped: no retail transaction: nothing of the kind", await TillFile.In(InputFormat.PosLog, Log("<Transaction/>")));
    }

    [Fact]
    public async Task It_is_counted_with_its_place_and_stops_nothing()
    {
        var inputs = await TillFile.Read(InputFormat.PosLog, Log(Transaction(Goods), Transaction(Goods, attributes: " TrainingModeFlag=\"true\""), Transaction(Goods)));
        Assert.Equal("sale 10 SEK: A 1 x 10 = 10\nskipped: training\nsale 10 SEK: A 1 x 10 = 10", TillFile.In(inputs));
        Assert.Equal([3, 4, 5], inputs.Select(input => input.FirstRow));
        var text = Log(Transaction(Goods), Transaction(Goods, attributes: " TrainingModeFlag=\"true\""), Transaction(Goods));
        Assert.Equal(text.IndexOf("<Transaction Training", StringComparison.Ordinal), inputs[1].Position);
    }
}
