using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OrderIngest.IdentifyingOrders;
using OrderIngest.ReadingOrders;
using OrderIngest.ReceivingOrders;

namespace OrderIngest.Tests.ReadingOrders;

public sealed class CsvOrderReaderTests
{
    [Fact]
    public void Read_takes_any_valid_order_as_it_is() => Prop.ForAll(Submitted.Valid().ToArbitrary(), submitted =>
    {
        // Not the last of the file: that one must add up.
        var inputs = Submitted.ReadCsv(FlatFile.Of(submitted, Submitted.Order("last"))).GetAwaiter().GetResult();
        Assert.Equal(2, inputs.Count);
        var input = inputs[0];
        Assert.Empty(input.Faults);
        JsonOrderReaderTests.AssertSame(submitted, input.Order!);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Read_and_json_agree_on_content()
    {
        var order = Submitted.Order();
        var input = Assert.Single(await Submitted.ReadCsv(FlatFile.Of(order)));
        Assert.Equal(ContentHash.Of(Submitted.Read(Submitted.Node(order)).Order!), ContentHash.Of(input.Order!));
    }

    [Fact]
    public void Read_never_throws_on_damaged_files() => Prop.ForAll(
        (from orders in Gen.NonEmptyListOf(Submitted.Valid())
         from places in Gen.NonEmptyListOf(Gen.Choose(0, int.MaxValue))
         from value in Gen.Elements("\",\n\r0-\u00ff\u0000 "u8.ToArray())
         select (orders, places, value)).ToArbitrary(),
        given =>
        {
            var header = Encoding.UTF8.GetBytes(FlatFile.Header + "\n");
            var rows = Encoding.UTF8.GetBytes(FlatFile.Of([.. given.orders]))[header.Length..];
            foreach (var place in given.places)
                rows[place % rows.Length] = given.value;
            var inputs = Submitted.ReadCsv([.. header, .. rows]).GetAwaiter().GetResult();
            Assert.All(inputs, input => Assert.Equal(input.Order is null, input.Faults.Count > 0));
            // Whatever is wrong, no byte is lost: each row is in exactly one input, in order. Blank rows say nothing and are left out.
            var read = string.Concat(inputs.SelectMany(input => input.Raw.Skip(1)).Select(raw => Encoding.Latin1.GetString(raw.Span)));
            var sent = Encoding.Latin1.GetString(rows);
            Assert.Equal(Solid(sent), Solid(read));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Read_never_fails_otherwise_on_arbitrary_bytes() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        Assert.Throws<UnreadableHeaderException>(() => { Submitted.ReadCsv(bytes).GetAwaiter().GetResult(); })).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Read_keeps_all_rows_of_an_order_with_a_bad_row()
    {
        var rows = FlatFile.Rows(TwoLines("1")).Concat(FlatFile.Rows(TwoLines("2"))).ToList();
        rows[1] = rows[1].Replace("9.90", "dear", StringComparison.Ordinal);
        var inputs = await Submitted.ReadCsv($"{FlatFile.Header}\n{string.Join('\n', rows)}\n");
        Assert.Equal(2, inputs.Count);
        Assert.Equal(["row 3, unit_price", "row 3, line_total"], inputs[0].Faults.Select(fault => fault.At));
        Assert.Equal($"{FlatFile.Header}\n{rows[0]}\n{rows[1]}\n", Encoding.UTF8.GetString(inputs[0].JoinRaw()));
        Assert.Equal((2, 2), (inputs[0].FirstRow, inputs[0].Rows));
        Assert.NotNull(inputs[1].Order);
    }

    [Fact]
    public async Task Read_gives_up_one_row_when_a_quote_is_never_closed()
    {
        var rows = FlatFile.Rows(Submitted.Order("1")).Concat(["\"torn,S012,2,7"]).Concat(FlatFile.Rows(Submitted.Order("2"))).Concat(FlatFile.Rows(Submitted.Order("3")));
        var inputs = await Submitted.ReadCsv($"{FlatFile.Header}\n{string.Join('\n', rows)}\n");
        Assert.Equal([true, false, true, true], inputs.Select(input => input.Order is not null));
        Assert.Equal(new Fault("row 3", "has a quote that is never closed"), Assert.Single(inputs[1].Faults));
    }

    [Fact]
    public async Task Read_does_not_half_accept_an_order_with_an_unreadable_row_inside()
    {
        var rows = FlatFile.Rows(TwoLines("1")).ToList();
        var input = Assert.Single(await Submitted.ReadCsv($"{FlatFile.Header}\n{rows[0]}\ngarbage\n{rows[1]}\n"));
        Assert.Null(input.Order);
        Assert.Equal((2, 3), (input.FirstRow, input.Rows));
    }

    [Fact]
    public async Task Read_rejects_a_row_that_belongs_to_no_order_alone()
    {
        var inputs = await Submitted.ReadCsv($"{FlatFile.Of(Submitted.Order("1"))}garbage\n{string.Join('\n', FlatFile.Rows(Submitted.Order("2")))}");
        Assert.Equal([true, false, true], inputs.Select(input => input.Order is not null));
        Assert.Equal("row 3", Assert.Single(inputs[1].Faults).At);
    }

    [Fact]
    public async Task Read_says_when_order_columns_differ_within_an_order()
    {
        var rows = FlatFile.Rows(TwoLines("1")).ToList();
        var input = Assert.Single(await Submitted.ReadCsv($"{FlatFile.Header}\n{rows[0]}\n{rows[1].Replace("EUR", "SEK", StringComparison.Ordinal)}\n"));
        Assert.Equal("row 3, currency", Assert.Single(input.Faults).At);
    }

    [Fact]
    public async Task Read_hands_on_an_endless_order_in_pieces()
    {
        var rows = FlatFile.Rows(Submitted.Order("1") with { Lines = [.. Enumerable.Range(1, 10).Select(number => Submitted.Order().Lines[0] with { Number = number })] });
        var inputs = await Submitted.ReadCsv($"{FlatFile.Header}\n{string.Join('\n', rows)}\n", new() { MaxLines = 3 });
        Assert.All(inputs, input => Assert.Null(input.Order));
        Assert.Equal(10, inputs.Sum(input => input.Rows));
        Assert.All(inputs, input => Assert.True(input.Rows <= 4));
    }

    [Fact]
    public async Task Read_tells_bytes_that_are_not_utf8()
    {
        var file = Encoding.Latin1.GetBytes(FlatFile.Of(Submitted.Order() with { Customer = null, Lines = [Submitted.Order().Lines[0] with { Description = "Hemd grün" }] }));
        var input = Assert.Single(await Submitted.ReadCsv(file));
        Assert.Equal("row 2, description", Assert.Single(input.Faults).At);
        Assert.Equal(file, input.JoinRaw());
    }

    [Theory]
    [InlineData("training")]
    [InlineData("cancelled")]
    [InlineData("returned")]
    [InlineData("voids")]
    [InlineData("line_net")]
    public async Task Read_refuses_what_would_be_a_sale_if_a_column_were_ignored(string column)
    {
        var exception = await Assert.ThrowsAsync<UnreadableHeaderException>(() => Submitted.ReadCsv($"{FlatFile.Header},{column}\n"));
        Assert.Equal($"row 1, {column} is only understood for a source with a layout: set OrderIngest:Sources:<source>:Columns:{column}={column}", exception.Message);
    }

    [Fact]
    public async Task Read_names_every_missing_column()
    {
        var exception = await Assert.ThrowsAsync<UnreadableHeaderException>(() => Submitted.ReadCsv("store_id,sku,sku\n"));
        Assert.Contains("row 1, currency is missing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("row 1, column 3 has the name of an earlier column", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\uFEFF")]
    [InlineData("\r\n", "\uFEFF")]
    public async Task Read_takes_windows_line_ends_byte_order_mark_and_quoted_newlines(string lineEnd, string mark)
    {
        var first = Submitted.Order("1") with { Lines = [Submitted.Order().Lines[0] with { Barcode = "4,5\"6" }] };
        var file = mark + FlatFile.With(lineEnd, first, Submitted.Order("2"));
        // A line end inside quotes belongs to the text; at its end it is trimmed like any blank.
        file = file.Replace(",SHIRT,", $",\"SHIRT{lineEnd}\",", StringComparison.Ordinal);
        var inputs = await Submitted.ReadCsv(file);
        Assert.Equal([("1", "SHIRT", "4,5\"6"), ("2", "SHIRT", null)], inputs.Select(input => (input.Order!.ReceiptNumber!, input.Order.Lines[0].Sku, input.Order.Lines[0].Barcode)));
        Assert.Equal([2, 4], inputs.Select(input => input.FirstRow));
    }

    private static SubmittedOrder TwoLines(string receipt)
    {
        var order = Submitted.Order(receipt);
        return order with { Lines = [order.Lines[0], order.Lines[0] with { Number = 2, Total = 9.90m }] };
    }

    private static string Solid(string rows) => string.Concat(rows.Split('\n').Where(row => row.Trim(' ', ',', '\r', '\n', '"').Length > 0));
}
