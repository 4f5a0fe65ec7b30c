using System.Text;
using Contracts.OrderIngest;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingFlatFiles;

namespace OrderIngest.Tests.ReadingD365;

public sealed class D365ReaderTests
{
    private const string Header = "OperatingUnitNumber,Terminal,TransactionNumber,RreceiptId,TransactionDate,TransactionTime,businessDate,TransactionType,TransactionStatus,Currency,CustomerAccount,LoyaltyCardId,GrossAmount,IsTaxIncludedInPrice,RefundReceiptId\n";
    private const string LinesHeader = "OperatingUnitNumber,Terminal,TransactionNumber,LineNumber,ItemId,Quantity,Price,NetAmount,NetAmountInclusiveTax,SalesTaxAmount,TransactionStatus\n";
    private const string Sale = "052,T2,1001,R1001,2026-11-20 00:00:00,61920,2026-11-19 00:00:00,Sales,None,USD,3001,55001,-21.40,Yes,\n";
    private const string SaleLine = "052,T2,1001,1.0000000000000000,81301,-2.00,10.70,-20.00,-21.40,-1.40,None\n";

    private static Source Commerce => FlatSource.Of(("Format", "d365"), ("TimeZone", "America/Chicago"));

    [Fact]
    public async Task A_sale_is_negative_and_its_time_in_seconds_of_the_day()
    {
        var order = Assert.Single(await Read(Header + Sale, LinesHeader + SaleLine)).Order!;
        Assert.Equal(("052", "T2", "R1001", "1001", OrderKind.Sale, "USD"), (order.StoreId, order.RegisterId, order.ReceiptNumber, order.OrderNumber, order.Kind, order.Currency));
        // 17:12 in Chicago, booked to the day before.
        Assert.Equal((new DateTimeOffset(2026, 11, 20, 23, 12, 0, TimeSpan.Zero), new DateOnly(2026, 11, 19)), (order.OccurredAt, order.BusinessDate));
        Assert.Equal(("3001", "55001", 21.40m, true), (order.Customer.CustomerNumber, order.Customer.LoyaltyCard, order.Totals.Gross, order.PricesIncludeTax));
        var line = Assert.Single(order.Lines);
        Assert.Equal((1, "81301", 2m, 10.70m, 21.40m, 1.40m), (line.Number, line.Sku, line.Quantity, line.UnitPrice, line.Total, line.TaxAmount));
    }

    [Fact]
    public async Task Names_of_the_tables_are_known_as_well_as_those_of_the_entities()
    {
        var orders = "store,terminal,transactionId,receiptId,transDate,transTime,businessDate,type,entryStatus,currency,custAccount,loyaltyCardId,grossAmount,receiptEmail\n052,T2,1001,R1001,2026-11-20,61920,,2,0,USD,3001,,-21.40,pat@shop.example\n";
        var lines = "store,terminal,transactionId,lineNum,itemId,barcode,qty,price,netAmount,netAmountInclTax,taxAmount,discAmount,transactionStatus\n052,T2,1001,1,81301,4006381333931,-2,10.70,-20.00,-21.40,-1.40,0,0\n";
        var order = Assert.Single(await Read(orders, lines)).Order!;
        Assert.Equal(("R1001", "4006381333931", 21.40m, "pat@shop.example"), (order.ReceiptNumber, order.Lines[0].Barcode, order.Totals.Gross, order.Customer.Email));
    }

    [Theory]
    [InlineData("Logon", "None", "skipped: transaction type Logon")]
    [InlineData("1", "0", "skipped: transaction type Logon")]
    [InlineData("Customer order", "None", "skipped: transaction type CustomerOrder")]
    [InlineData("19", "None", "skipped: transaction type CustomerOrder")]
    [InlineData("Sales", "Voided", "skipped: entry status Voided")]
    [InlineData("2", "1", "skipped: entry status Voided")]
    [InlineData("Sales", "Training", "skipped: entry status Training")]
    [InlineData("Sales", "5", "skipped: entry status OnHold")]
    [InlineData("Sales", "Posted", "R1001 Sale")]
    [InlineData("sales", "3", "R1001 Sale")]
    [InlineData("Vente", "None", "row 2, TransactionType is no word for a sale or a return: Kinds can say which it is, or that it is to be skipped")]
    [InlineData("Sales", "99", "row 2, TransactionStatus is no known status of a transaction")]
    public async Task Enumerations_come_as_text_or_as_numbers(string type, string status, string told) =>
        Assert.Equal([told], FlatSource.Told(await Read(Header + Sale.Replace("Sales,None", $"{type},{status}", StringComparison.Ordinal), LinesHeader + SaleLine)));

    [Fact]
    public async Task Kinds_teach_it_the_words_of_another_language()
    {
        var source = FlatSource.Of(("Format", "d365"), ("TimeZone", "Europe/Paris"), ("Kinds:Vente", "sale"));
        Assert.Equal(["R1001 Sale"], FlatSource.Told(await FlatSource.Read(source, Encoding.UTF8.GetBytes(Header + Sale.Replace("Sales", "Vente", StringComparison.Ordinal)), Encoding.UTF8.GetBytes(LinesHeader + SaleLine))));
    }

    [Theory]
    [InlineData("Voided")]
    [InlineData("1")]
    public async Task Voided_lines_do_not_count(string status)
    {
        var lines = $"{LinesHeader}{SaleLine}{SaleLine.Replace(",1.0000000000000000,81301", ",2.0,99999", StringComparison.Ordinal).Replace("None", status, StringComparison.Ordinal)}";
        Assert.Equal("81301", Assert.Single(Assert.Single(await Read(Header + Sale, lines)).Order!.Lines).Sku);
    }

    [Fact]
    public async Task A_return_is_positive_and_names_its_receipt()
    {
        var order = Assert.Single(await Read(Header + Sale.Replace("-21.40,Yes,", "21.40,Yes,R0900", StringComparison.Ordinal), LinesHeader + SaleLine.Replace(",-", ",", StringComparison.Ordinal))).Order!;
        Assert.Equal((OrderKind.Return, "R0900", 2m, 21.40m), (order.Kind, order.OriginalReceipt?.ReceiptNumber, order.Lines[0].Quantity, order.Totals.Gross));
    }

    [Fact]
    public async Task Both_signs_are_an_exchange()
    {
        var back = SaleLine.Replace(",1.0000000000000000,81301,-2.00,10.70,-20.00,-21.40,-1.40", ",2,81302,1.00,5.40,5.00,5.40,0.40", StringComparison.Ordinal);
        var inputs = await Read(Header + Sale.Replace("-21.40", "-16.00", StringComparison.Ordinal), LinesHeader + SaleLine + back);
        Assert.Equal(["R1001 Sale", "R1001 Return"], FlatSource.Told(inputs));
        Assert.Equal([21.40m, 5.40m], inputs.Select(input => input.Order!.Totals.Gross));
    }

    [Fact]
    public async Task The_empty_date_is_none()
    {
        var order = Assert.Single(await Read(Header + Sale.Replace("2026-11-19", "1900-01-01", StringComparison.Ordinal), LinesHeader + SaleLine)).Order!;
        Assert.Equal(new(2026, 11, 20), order.BusinessDate);
    }

    [Fact]
    public async Task Without_tax_in_the_prices_the_line_is_its_net_amount()
    {
        var order = Assert.Single(await Read(Header + Sale.Replace(",Yes,", ",No,", StringComparison.Ordinal), LinesHeader + SaleLine)).Order!;
        Assert.Equal((false, 20.00m, 1.40m, 21.40m), (order.PricesIncludeTax, order.Lines[0].Total, order.Lines[0].TaxAmount, order.Totals.Gross));
    }

    [Fact]
    public async Task Header_and_lines_may_be_joined_in_one_file()
    {
        var file = "Store,Terminal,TransactionId,ReceiptId,TransDate,TransTime,BusinessDate,Type,EntryStatus,Currency,GrossAmount,LineNum,ItemId,Qty,Price,NetAmount,NetAmountInclTax,TransactionStatus\n"
            + "052,T2,1001,R1001,2026-11-20,61920,2026-11-20,2,0,USD,-21.40,1,81301,-2,10.70,-20.00,-21.40,0\n052,T2,1001,R1001,2026-11-20,61920,2026-11-20,2,0,USD,-21.40,2,81302,-1,5.00,-4.00,-5.00,1\n"
            + "052,T2,1002,,2026-11-20,61930,2026-11-20,1,0,USD,0.00,,,,,,,\n";
        var inputs = await FlatSource.Read(Commerce, file);
        Assert.Equal(["R1001 Sale", "skipped: transaction type Logon"], FlatSource.Told(inputs));
        Assert.Equal("81301", Assert.Single(inputs[0].Order!.Lines).Sku);
    }

    [Fact]
    public async Task The_lines_alone_are_refused_with_what_is_missing()
    {
        var exception = await Assert.ThrowsAsync<UnreadableHeaderException>(() => FlatSource.Read(Commerce, LinesHeader + SaleLine));
        Assert.Contains("occurredAt", exception.Message, StringComparison.Ordinal);
    }

    private static Task<List<ReadInput>> Read(string orders, string lines) => FlatSource.Read(Commerce, Encoding.UTF8.GetBytes(orders), Encoding.UTF8.GetBytes(lines));
}
