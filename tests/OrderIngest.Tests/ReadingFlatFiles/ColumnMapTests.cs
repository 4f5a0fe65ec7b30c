using System.Text;
using Contracts.OrderIngest;
using OrderIngest.ReadingFlatFiles;
using OrderIngest.ReadingOrders;

namespace OrderIngest.Tests.ReadingFlatFiles;

public sealed class ColumnMapTests
{
    static ColumnMapTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public async Task Names_match_whatever_their_case_and_blanks_and_the_order_of_columns_does_not_matter()
    {
        var input = Assert.Single(await FlatSource.Read(FlatSource.TillWith(), " amount ,PRICE,Pieces,Item,Note,Paid,Closed,No,till,SHOP\n19.80,9.90,2,SHIRT,x,19.80,2026-11-20T12:00:00,000123,2,S012\n"));
        var order = input.Order!;
        Assert.Equal(("S012", "2", "000123", OrderKind.Sale, "EUR"), (order.StoreId, order.RegisterId, order.ReceiptNumber, order.Kind, order.Currency));
        Assert.Equal(new(2026, 11, 20, 11, 0, 0, TimeSpan.Zero), order.OccurredAt);
        Assert.Equal(("SHIRT", 2m, 9.90m, 19.80m), (order.Lines[0].Sku, order.Lines[0].Quantity, order.Lines[0].UnitPrice, order.Lines[0].Total));
        Assert.Equal((new DateOnly(2026, 11, 20), 19.80m), (order.BusinessDate, order.Totals.Gross));
    }

    [Theory]
    [InlineData("\n2")]
    [InlineData("2\r\n")]
    [InlineData("\n")]
    public async Task A_line_end_where_a_number_stands_is_a_fault_and_no_blank(string pieces)
    {
        var input = Assert.Single(await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\nS012,2,1,2026-11-20T12:00:00,19.80,SHIRT,\"{pieces}\",9.90,19.80\n"));
        Assert.Null(input.Order);
        Assert.StartsWith("must be a number", Assert.Single(input.Faults).Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_without_a_column_may_be_a_constant()
    {
        var source = FlatSource.Of([.. FlatSource.Till.Where(setting => setting.Key is not ("Columns:storeId" or "Columns:registerId")), ("Columns:storeId", "=0012"), ("Columns:register_id", "= 7")]);
        var input = Assert.Single(await FlatSource.Read(source, "No,Closed,Paid,Item,Pieces,Price,Amount\n1,2026-11-20 12:00:00,9.90,SHIRT,1,9.90,9.90\n"));
        Assert.Equal(("0012", "7"), (input.Order!.StoreId, input.Order.RegisterId));
    }

    [Fact]
    public async Task A_file_without_a_header_row_is_read_by_position()
    {
        var source = FlatSource.Of(
            ("Rows:HeaderRows", "0"), ("Delimiter", ";"), ("Columns:orderNumber", "#1"), ("Columns:storeId", "#2"), ("Columns:occurredAt", "#3"), ("Columns:currency", "#4"), ("Columns:line.sku", "#6"),
            ("Columns:line.total", "#5"), ("TimeZone", "Europe/Stockholm"));
        var inputs = await FlatSource.Read(source, "A-1;S1;2026-11-20 12:00:00;SEK;5.00;CAP\nA-2;S1;2026-11-20 12:00:00;SEK;6.00;HAT;;\nA-3;S1;2026-11-20 12:00:00;SEK\n");
        Assert.Equal(["A-1", "A-2", null], inputs.Select(input => input.Order?.OrderNumber));
        Assert.Equal(new Fault("row 3", "has 4 fields where at least 6 are needed"), Assert.Single(inputs[2].Faults));
        Assert.Equal((1m, 5.00m, 5.00m), (inputs[0].Order!.Lines[0].Quantity, inputs[0].Order!.Lines[0].UnitPrice, inputs[0].Order!.Totals.Gross));
    }

    [Fact]
    public async Task A_configured_column_that_is_not_there_is_told_with_the_columns_that_are()
    {
        var exception = await Assert.ThrowsAsync<UnreadableHeaderException>(() => FlatSource.Read(FlatSource.TillWith(), "Shop,Till,No,Closed,Paid,Article,Pieces,Price,Amount\n"));
        Assert.Contains("row 1, Item is missing among the column names; line.sku is to come from it", exception.Message, StringComparison.Ordinal);
        Assert.Contains("has the columns Shop, Till, No, Closed, Paid, Article, Pieces, Price, Amount", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Columns:storeId")]
    [InlineData("Columns:registerId")]
    [InlineData("Columns:receiptNumber")]
    public async Task Without_store_register_or_receipt_the_file_is_refused_with_the_setting_that_helps(string key)
    {
        var source = FlatSource.Of([.. FlatSource.Till.Where(setting => setting.Key != key)]);
        var exception = await Assert.ThrowsAsync<UnreadableHeaderException>(() => FlatSource.Read(source, $"{FlatSource.TillHeader}\n"));
        Assert.Contains($"OrderIngest:Sources:pos:{key} says which it is", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_header_row_is_not_repeated_in_the_message()
    {
        var exception = await Assert.ThrowsAsync<UnreadableHeaderException>(() => FlatSource.Read(FlatSource.TillWith(), "S012,2,1,2026-11-20T12:00:00,pat@shop.example,SHIRT,1,1,1\n"));
        Assert.DoesNotContain("pat@", exception.Message, StringComparison.Ordinal);
        Assert.Contains("is it a header row?", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_name_the_files_own_columns_and_all_of_them_are_told()
    {
        var input = Assert.Single(await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\n,2,1,2026-11-20T12:00:00,9.90,SHIRT,one,\"9,90\",9.90\n,2,1,,,,1,1,1\n"));
        Assert.Equal(["row 2, Pieces", "row 2, Price", "row 3, Item", "row 2, Shop"], input.Faults.Select(fault => fault.At));
        Assert.Equal("must be a number with a decimal point and without thousands separators", input.Faults[0].Says);
    }

    [Theory]
    [InlineData(";", ";")]
    [InlineData("|", "|")]
    [InlineData("\t", "tab")]
    [InlineData("\t", null)]
    [InlineData("|", null)]
    [InlineData(";", null)]
    [InlineData(",", null)]
    public async Task The_delimiter_is_configured_or_told_by_the_header_row(string delimiter, string? configured)
    {
        var file = $"{FlatSource.TillHeader}\nS012,2,1,2026-11-20T12:00:00,9.90,\"A\"\"B\",1,9.90,9.90\n".Replace(",", delimiter, StringComparison.Ordinal).Replace("A\"\"B", $"A{delimiter}\"\"B", StringComparison.Ordinal);
        var input = Assert.Single(await FlatSource.Read(configured is null ? FlatSource.TillWith() : FlatSource.TillWith(("Delimiter", configured)), file));
        // A tab is a control character, which no text may hold.
        Assert.Equal(delimiter == "\t" ? null : $"A{delimiter}\"B", input.Order?.Lines[0].Sku);
    }

    [Fact]
    public async Task The_line_that_Excel_writes_above_the_header_tells_the_delimiter()
    {
        var file = $"sep=;\r\n{FlatSource.TillHeader}\r\nS012,2,1,2026-11-20T12:00:00,9.90,SHIRT,1,9.90,9.90\r\n".Replace(',', ';');
        Assert.Equal(["1 Sale"], FlatSource.Told(await FlatSource.Read(FlatSource.TillWith(), file)));
    }

    public static TheoryData<string, string?> Encodings => new() { { "utf-8", null }, { "utf-8", "UTF-8" }, { "windows-1252", "windows-1252" }, { "iso-8859-15", "iso-8859-15" }, { "utf-16", null }, { "utf-16BE", null }, { "utf-16", "utf-16" }, { "gb18030", "gb18030" } };

    [Theory, MemberData(nameof(Encodings))]
    public async Task Encodings_are_read(string written, string? configured)
    {
        var encoding = Encoding.GetEncoding(written);
        var file = $"{FlatSource.TillHeader}\nS012,2,1,2026-11-20T12:00:00,9.90,Größe 5€,1,9.90,9.90\n";
        byte[] bytes = [.. configured is null ? encoding.GetPreamble() : [], .. encoding.GetBytes(file)];
        var input = Assert.Single(await FlatSource.Read(configured is null ? FlatSource.TillWith() : FlatSource.TillWith(("Encoding", configured)), bytes));
        Assert.Equal("Größe 5€", input.Order?.Lines[0].Sku);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gb18030")]
    public async Task Bytes_that_are_not_in_the_encoding_are_a_fault(string? configured)
    {
        byte[] file = [.. Encoding.UTF8.GetBytes($"{FlatSource.TillHeader}\nS012,2,1,2026-11-20T12:00:00,9.90,"), 0xFF, .. ",1,9.90,9.90\n"u8];
        var input = Assert.Single(await FlatSource.Read(configured is null ? FlatSource.TillWith() : FlatSource.TillWith(("Encoding", configured)), file));
        Assert.Equal("row 2, Item", input.Faults[0].At);
    }

    [Fact]
    public async Task A_configured_column_is_no_other_fields_because_of_its_name()
    {
        var input = Assert.Single(await FlatSource.Read(FlatSource.TillWith(("Columns:training", "Kind")), $"{FlatSource.TillHeader},Kind\nS,1,1,2026-11-20 12:00:00,5,A,1,5,5,0\n"));
        Assert.NotNull(input.Order);
    }

    [Fact]
    public void Fields_are_listed_in_their_sequence_and_known_by_both_names()
    {
        Assert.Equal(Enum.GetValues<FlatField>(), FlatFields.All);
        Assert.All(FlatFields.All, field => Assert.Equal<(FlatField?, FlatField?)>((field, field), (FlatFields.Find(FlatFields.Name(field).ToUpperInvariant()), FlatFields.Find(FlatFields.Column(field)))));
    }
}
