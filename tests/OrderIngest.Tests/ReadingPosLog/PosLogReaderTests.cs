using System.Text;
using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;
using static OrderIngest.Tests.ReadingPosLog.PosLogText;

namespace OrderIngest.Tests.ReadingPosLog;

public sealed class PosLogReaderTests
{
    private const string Read = "sale 10 SEK: A 1 x 10 = 10";
    private static readonly string Goods = Transaction(Line(1, Sale("A", 1, 10)) + Total(10));

    [Theory]
    [InlineData("<POSLog xmlns=\"http://www.nrf-arts.org/IXRetail/namespace/\">{0}</POSLog>")]
    [InlineData("<POSLog xmlns=\"http://www.nrf-arts.org/IXRetail/namespace/v6.0.0/poslog\" MajorVersion=\"6\">{0}</POSLog>")]
    [InlineData("<POSLog>{0}</POSLog>")]
    [InlineData("<KLog Version=\"1.0\">{0}</KLog>")]
    [InlineData("<Envelope><Header><Id>1</Id></Header><Body><POSLog xmlns=\"urn:a-retailer\">{0}</POSLog></Body></Envelope>")]
    [InlineData("{0}")]
    [InlineData("<?xml version=\"1.0\"?><!-- a <Transaction> that is none --><POSLog>{0}</POSLog>")]
    [InlineData("<POSLog><![CDATA[ <Transaction> ]]>{0}</POSLog>")]
    public async Task Root_version_and_name_space_do_not_matter(string document) => Assert.Equal(Read, await TillFile.In(InputFormat.PosLog, string.Format(null, document, Goods)));

    [Fact]
    public async Task A_prefix_belongs_to_the_standard_where_the_transaction_has_it()
    {
        var prefixed = Goods.Replace("</", "<!", StringComparison.Ordinal).Replace("<", "<arts:", StringComparison.Ordinal).Replace("<arts:!", "</arts:", StringComparison.Ordinal);
        Assert.Equal(Read, await TillFile.In(InputFormat.PosLog, $"<arts:DigitalReceipt xmlns:arts=\"http://www.nrf-arts.org/IXRetail/namespace/\">{prefixed}</arts:DigitalReceipt>"));
        // A vendor's own element of the same name is another one, and one transaction inside of another does not end it.
        var vendors = Goods.Replace("<RetailTransaction>", "<x:Transaction><x:SequenceNumber>9</x:SequenceNumber></x:Transaction><x:SequenceNumber>8</x:SequenceNumber><RetailTransaction>", StringComparison.Ordinal);
        Assert.Equal("123", (await TillFile.Order(InputFormat.PosLog, Log(vendors))).ReceiptNumber);
    }

    [Theory]
    [InlineData("<BusinessUnit><UnitID Name=\"A shop\">0412</UnitID></BusinessUnit><TillID>2</TillID><SequenceNumber>000000123</SequenceNumber>", "0412", "2", "000000123")]
    [InlineData("<RetailStoreID>0412</RetailStoreID><BusinessUnit><UnitID>9</UnitID></BusinessUnit><WorkstationID>2</WorkstationID><TillID/><SequenceNumber>123456789012345</SequenceNumber>", "0412", "2", "123456789012345")]
    [InlineData("<RetailStoreID>0412</RetailStoreID><TillID>2</TillID><ReceiptNumber>4294967296</ReceiptNumber>", "0412", "2", "4294967296")]
    public async Task Store_register_and_number_are_texts_as_written(string key, string store, string register, string number)
    {
        var order = await TillFile.Order(InputFormat.PosLog, One(Line(1, Sale("A", 1, 10)), key + "<EndDateTime>2026-11-19T18:30:00</EndDateTime>"));
        Assert.Equal((store, register, number), (order.StoreId, order.RegisterId, order.ReceiptNumber));
    }

    [Fact]
    public async Task A_transaction_id_is_an_order_number_and_a_missing_key_is_told()
    {
        const string Head = "<TransactionID>T-1</TransactionID><EndDateTime>2026-11-19T18:30:00</EndDateTime>";
        var goods = Line(1, Sale("A", 1, 10));
        Assert.Equal("rejected: storeId is required", await TillFile.In(InputFormat.PosLog, One(goods, Head)));
        Assert.Equal("T-1", (await TillFile.Order(InputFormat.PosLog, One(goods, Head), TillFile.Options(store: "S1"))).OrderNumber);
        Assert.Equal("rejected: storeId is required; registerId is required; receiptNumber is required", await TillFile.In(InputFormat.PosLog, One(goods, Head.Replace("<TransactionID>T-1</TransactionID>", "", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Articles_have_a_number_a_scanned_code_and_a_text()
    {
        const string Goods = "<Sale><POSIdentity POSIDType=\"GTIN\"><POSItemID>7046265478027</POSItemID></POSIdentity><POSIdentity POSIDType=\"RSID\"><POSItemID>12302</POSItemID></POSIdentity><Description>Soap,\n   blue</Description><ExtendedAmount>5</ExtendedAmount></Sale>";
        var order = await TillFile.Order(InputFormat.PosLog, One(Line(1, Goods) + Line(2, "<Sale><ItemID Name=\"Hat\">H1</ItemID><ExtendedAmount>5</ExtendedAmount></Sale>") + Line(3, "<Sale><ExtendedAmount>5</ExtendedAmount></Sale>")));
        Assert.Equal([("12302", "7046265478027", "Soap, blue"), ("H1", null, "Hat"), ("UNKNOWN", null, null)], order.Lines.Select(line => (line.Sku, line.Barcode, line.Description)));
    }

    [Theory]
    [InlineData("utf-8", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "りんご ABC", null)]
    [InlineData("shift_jis", "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>", "りんご ABC", null)]
    [InlineData("shift_jis", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "りんご ABC", "shift_jis")]
    [InlineData("shift_jis", "<?xml version=\"1.0\"?>", "ﾘﾝｺﾞ 100%", "shift_jis")]
    [InlineData("shift_jis", "", "表示価格", "shift_jis")]
    [InlineData("windows-1252", "<?xml version=\"1.0\" encoding=\"windows-1252\"?>", "Köln – 5 €", null)]
    [InlineData("windows-1252", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", "Köln – 5 €", null)]
    [InlineData("windows-1252", "<?xml version=\"1.0\" encoding=\"latin1\"?>", "Köln – 5 €", null)]
    [InlineData("windows-1252", "<?xml version=\"1.0\" encoding=\"utf-8\"?>", "Köln – 5 €", "windows-1252")]
    [InlineData("windows-1252", "", "Små årtal, Äpplen åt", "windows-1252")]
    [InlineData("utf-16", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "Köln りんご", null)]
    [InlineData("utf-16BE", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "Köln りんご", null)]
    [InlineData("utf-8", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "Köln りんご", null)]
    [InlineData("utf-8", "<?xml version=\"1.0\" encoding=\"no-such\"?>", "Köln", "utf-8")]
    public async Task What_is_not_in_the_declared_encoding_is_read_in_the_likely_one(string encoding, string declaration, string text, string? noted)
    {
        Assert.True(OrderIngest.ReadingPosLog.TransactionText.IsKnown(encoding));
        var file = declaration + Log(Transaction(Line(1, Sale("A", 1, 10, more: $"<Description>{text}</Description>"))))["<?xml version=\"1.0\" encoding=\"UTF-8\"?>".Length..];
        var input = Assert.Single(await TillFile.Read(InputFormat.PosLog, Encoding.GetEncoding(encoding).GetBytes(file)));
        Assert.Equal(noted is null ? [] : [$"is not valid in the declared encoding, {noted} is taken"], input.Notes);
        Assert.Equal(text, input.Order!.Lines[0].Description);
    }

    [Fact]
    public async Task A_configured_encoding_beats_the_declared_one_and_is_not_guessed_around()
    {
        var file = Log(Transaction(Line(1, Sale("A", 1, 10, more: "<Description>Köln</Description>"))));
        var input = Assert.Single(await TillFile.Read(InputFormat.PosLog, Encoding.Latin1.GetBytes(file), TillFile.Options(encoding: "iso-8859-1")));
        Assert.Equal("Köln", input.Order!.Lines[0].Description);
        input = Assert.Single(await TillFile.Read(InputFormat.PosLog, Encoding.Latin1.GetBytes(file), TillFile.Options(encoding: "utf-8")));
        Assert.Equal("rejected: line 3, Transaction is not valid text in utf-8, the configured encoding", TillFile.In(input));
    }

    [Fact]
    public async Task A_damaged_transaction_costs_itself()
    {
        var broken = Goods.Replace("</ItemID>", "", StringComparison.Ordinal);
        var inputs = await TillFile.Read(InputFormat.PosLog, Log(Goods, broken, Goods, Goods.Replace("</Transaction>", "", StringComparison.Ordinal), Goods, Goods[13..], Goods));
        Assert.Equal(
            $"{Read}\nrejected: line 4, position {broken.IndexOf("</Sale>", StringComparison.Ordinal) + 3} is not well-formed XML, or refers to an entity\n{Read}\n" +
            $"rejected: line 6, Transaction has no end tag before the next one begins\n{Read}\nrejected: line 7, Transaction has an end tag and no beginning\n{Read}",
            TillFile.In(inputs));
        Assert.Equal(broken, Encoding.UTF8.GetString(inputs[1].JoinRaw()));
        Assert.Equal(Goods[13..], Encoding.UTF8.GetString(inputs[5].JoinRaw()).Trim());
    }

    [Fact]
    public async Task A_file_that_was_cut_off_says_so_after_its_whole_transactions()
    {
        Assert.Equal($"{Read}\nrejected: line 4, Transaction ends before its end tag: the file was cut off\nrejected: line 4 the file ends before </POSLog>: it was cut off", await TillFile.In(InputFormat.PosLog, Log(Goods, Goods)[..^40]));
        Assert.Equal($"{Read}\n{Read}\nrejected: line 5 the file ends before </POSLog>: it was cut off", await TillFile.In(InputFormat.PosLog, Log(Goods, Goods)[..^3]));
        Assert.Equal($"{Read}\n{Read}", await TillFile.In(InputFormat.PosLog, Log(Goods) + Log(Goods)));
        Assert.Equal($"{Read}\n{Read}\nrejected: line 8 the file ends before </POSLog>: it was cut off", await TillFile.In(InputFormat.PosLog, Log(Goods) + Log(Goods)[..^4]));
    }

    [Theory]
    [InlineData("<POSLog></POSLog>", "")]
    [InlineData("<POSLog/>", "")]
    [InlineData("<html><body>Not found</body></html>", "rejected: document has no Transaction element")]
    [InlineData("", "rejected: document has no Transaction element")]
    [InlineData("store_id,sku\n1,2\n", "rejected: document has no Transaction element")]
    public async Task A_day_without_transactions_is_no_fault_and_another_document_is_one(string file, string expected) => Assert.Equal(expected, await TillFile.In(InputFormat.PosLog, file));
}
