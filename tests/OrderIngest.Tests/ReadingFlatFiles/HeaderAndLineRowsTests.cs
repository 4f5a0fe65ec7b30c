using OrderIngest.GuardingSources;

namespace OrderIngest.Tests.ReadingFlatFiles;

/// <summary>Order rows with their line rows below them, told apart by a column.</summary>
public sealed class HeaderAndLineRowsTests
{
    private static readonly (string Key, string Value)[] Layout =
    [
        ("Rows:HeaderRows", "0"), ("Rows:TypeColumn", "#1"), ("Rows:Order", "H"), ("Rows:Line", "L"), ("Rows:Ignored", "P, X"), ("TimeZone", "Europe/Stockholm"), ("Currency", "EUR"),
        ("Columns:storeId", "=S"), ("Columns:registerId", "=1"), ("Columns:receiptNumber", "#2"), ("Columns:occurredAt", "#3"), ("Columns:totals.gross", "#4"), ("Columns:line.sku", "#2"),
        ("Columns:line.quantity", "#3"), ("Columns:line.total", "#4"),
    ];

    private static Source WithTrailer => FlatSource.Of([.. Layout, ("Rows:Trailer", "T")]);

    [Fact]
    public async Task Each_order_has_the_lines_below_it()
    {
        var inputs = await FlatSource.Read(FlatSource.Of(Layout), "H,1,2026-11-20 12:00:00,7\nL,A,1,5\nP,CASH\nL,B,1,2\nH,2,2026-11-20 12:00:00,5\nl,C,1,5\n");
        Assert.Equal(["1 Sale", "2 Sale"], FlatSource.Told(inputs));
        Assert.Equal(["A", "B"], inputs[0].Order!.Lines.Select(line => line.Sku));
        Assert.Equal((4, 2), (inputs[0].Rows, inputs[1].Rows));
    }

    [Fact]
    public async Task Both_kinds_of_rows_may_have_a_header_row_of_their_own()
    {
        var source = FlatSource.Of(
            ("Rows:HeaderRows", "2"), ("Rows:TypeColumn", "Type"), ("Rows:Order", "H"), ("Rows:Line", "L"), ("TimeZone", "Europe/Stockholm"), ("Columns:storeId", "=S"), ("Columns:registerId", "=1"),
            ("Columns:receiptNumber", "No"), ("Columns:occurredAt", "Closed"), ("Columns:line.sku", "No"), ("Columns:line.total", "Amount"), ("Columns:totals.gross", "Amount"));
        var inputs = await FlatSource.Read(source, "Type,No,Closed,Amount,Currency\nType,No,Amount\nH,1,2026-11-20 12:00:00,5,EUR\nL,A,5\n");
        Assert.Equal(["1 Sale"], FlatSource.Told(inputs));
        Assert.Equal(("A", 5m), (inputs[0].Order!.Lines[0].Sku, inputs[0].Order!.Lines[0].Total));
    }

    [Fact]
    public async Task A_row_of_unknown_type_rejects_the_order_it_stands_in()
    {
        var inputs = await FlatSource.Read(FlatSource.Of(Layout), "H,1,2026-11-20 12:00:00,5\nL,A,1,5\nK,2,2026-11-20 12:00:00,5\nL,B,1,5\nH,3,2026-11-20 12:00:00,5\nL,C,1,5\n");
        Assert.Equal(["row 3 is neither of an order nor of a line: its type is not known", "3 Sale"], FlatSource.Told(inputs));
        Assert.Equal((1, 4), (inputs[0].FirstRow, inputs[0].Rows));
    }

    [Fact]
    public async Task A_line_above_all_orders_and_an_order_without_lines_are_told()
    {
        var inputs = await FlatSource.Read(FlatSource.Of(Layout), "L,A,1,5\nH,1,2026-11-20 12:00:00,5\nH,2,2026-11-20 12:00:00,5\nL,B,1,5\n");
        Assert.Equal(["row 1 is of a line, and no order stands above it", "row 2 is of an order without a single line", "2 Sale"], FlatSource.Told(inputs));
    }

    [Fact]
    public async Task Without_its_trailer_a_file_was_cut_off_and_its_whole_orders_count()
    {
        const string Whole = "H,1,2026-11-20 12:00:00,5\nL,A,1,5\nH,2,2026-11-20 12:00:00,5\nL,B,1,5\n";
        Assert.Equal(["1 Sale", "2 Sale"], FlatSource.Told(await FlatSource.Read(WithTrailer, $"{Whole}T,2\n")));
        Assert.Equal(["1 Sale", "2 Sale", "row 4 is the last one, and not of type T: the file was cut off behind it"], FlatSource.Told(await FlatSource.Read(WithTrailer, Whole)));
        Assert.Equal(["1 Sale", "2 Sale", "row 6 stands behind the last row (T) of the file"], FlatSource.Told(await FlatSource.Read(WithTrailer, $"{Whole}T,2\nH,3,2026-11-20 12:00:00,5\n")));
    }

    [Fact]
    public async Task An_endless_order_is_handed_on_in_pieces()
    {
        var rows = string.Concat(Enumerable.Range(1, 6000).Select(n => $"L,A{n},1,5\n"));
        var inputs = await FlatSource.Read(FlatSource.Of(Layout), $"H,1,2026-11-20 12:00:00,5\n{rows}H,2,2026-11-20 12:00:00,5\nL,B,1,5\n");
        Assert.Equal([false, false, true], inputs.Select(input => input.Order is not null));
        Assert.Equal(6003, inputs.Sum(input => input.Rows));
    }
}
