namespace OrderIngest.Tests.ReadingFlatFiles;

/// <summary>The order's columns stand in its first row only, or in all of them.</summary>
public sealed class OrderColumnsOnceTests
{
    [Fact]
    public async Task Rows_without_a_key_go_on_with_the_order_above()
    {
        var inputs = await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\nS,1,1,2026-11-20 12:00:00,7,A,1,5,5\n,,,,,B,1,2,2\nS,1,2,2026-11-20 12:00:00,5,A,1,5,5\n");
        Assert.Equal(["1 Sale", "2 Sale"], FlatSource.Told(inputs));
        Assert.Equal(["A", "B"], inputs[0].Order!.Lines.Select(line => line.Sku));
        Assert.Equal([1, 2], inputs[0].Order!.Lines.Select(line => line.Number));
    }

    [Fact]
    public async Task The_first_row_may_have_no_line()
    {
        var input = Assert.Single(await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\nS,1,1,2026-11-20 12:00:00,7,,,,\n,,,,,A,1,5,5\n,,,,,B,1,2,2\n"));
        Assert.Equal(["A", "B"], input.Order!.Lines.Select(line => line.Sku));
    }

    [Fact]
    public async Task The_store_may_be_repeated_where_the_receipt_is_not()
    {
        var inputs = await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\nS,1,1,2026-11-20 12:00:00,7,A,1,5,5\nS,1,,,,B,1,2,2\nS,1,2,2026-11-20 12:00:00,5,A,1,5,5\n");
        Assert.Equal(["1 Sale", "2 Sale"], FlatSource.Told(inputs));
    }

    [Fact]
    public async Task An_order_is_cancelled_by_the_time_when_it_was()
    {
        var source = FlatSource.TillWith(("Columns:cancelled", "Cancelled at"));
        var rows = "S,1,1,2026-11-20 12:00:00,5,A,1,5,5,2026-11-21 09:00:00 -0400\nS,1,2,2026-11-20 12:00:00,5,A,1,5,5,\nS,1,3,2026-11-20 12:00:00,5,A,1,5,5,2026-11-21\nS,1,4,2026-11-20 12:00:00,5,A,1,5,5,perhaps\n";
        Assert.Equal(
            ["skipped: cancelled", "2 Sale", "skipped: cancelled", "row 5, Cancelled at is neither yes nor no by the words that Flags knows"],
            FlatSource.Told(await FlatSource.Read(source, $"{FlatSource.TillHeader},Cancelled at\n{rows}")));
        Assert.Equal(["skipped: cancelled"], FlatSource.Told(await FlatSource.Read(
            FlatSource.TillWith(("Columns:cancelled", "Cancelled at"), ("TimeFormat", "dd.MM.yyyy HH:mm")), $"{FlatSource.TillHeader},Cancelled at\nS,1,1,20.11.2026 12:00,5,A,1,5,5,21.11.2026 09:00\n")));
    }

    [Theory]
    // The till is in Stockholm, an hour ahead of UTC.
    [InlineData("2026-11-20 23:30:00 +0000", "2026-11-21")]
    [InlineData("2026-11-20 23:30:00 UTC", "2026-11-21")]
    [InlineData("2026-11-20 23:30:00 +0100", "2026-11-20")]
    public async Task A_time_with_an_offset_may_have_a_blank_before_it(string closed, string businessDate)
    {
        var input = Assert.Single(await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\nS,1,1,{closed},5,A,1,5,5\n"));
        Assert.Equal(businessDate, input.Order!.BusinessDate.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        // The day ends at six: half past midnight belongs to the day before.
        var late = Assert.Single(await FlatSource.Read(FlatSource.TillWith(("DayEndsAt", "06:00")), $"{FlatSource.TillHeader}\nS,1,1,{closed},5,A,1,5,5\n"));
        Assert.Equal(new DateOnly(2026, 11, 20), late.Order!.BusinessDate);
    }

    [Fact]
    public async Task What_differs_within_an_order_rejects_it()
    {
        var input = Assert.Single(await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\nS,1,1,2026-11-20 12:00:00,7,A,1,5,5\nS,1,1,2026-11-20 12:00:01,7,B,1,2,2\n"));
        Assert.Equal(["row 3, Closed"], input.Faults.Select(fault => fault.At));
    }

    [Fact]
    public async Task A_row_without_a_key_above_all_others_belongs_to_nobody()
    {
        var inputs = await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\n,,,,,B,1,2,2\nS,1,2,2026-11-20 12:00:00,5,A,1,5,5\n");
        Assert.Equal(["row 2 cannot be assigned to an order: its key columns are blank or not readable", "2 Sale"], FlatSource.Told(inputs));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_takes_the_rows_without_a_key_below_it_along()
    {
        // It may have been the first row of another order, to which the last row then belongs.
        var inputs = await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\nS,1,1,2026-11-20 12:00:00,5,A,1,5,5\n\"S,1,2,torn\n,,,,,B,1,2,2\nS,1,3,2026-11-20 12:00:00,5,A,1,5,5\n");
        Assert.Equal(["row 3 has a quote that is never closed", "3 Sale"], FlatSource.Told(inputs));
        Assert.Equal((2, 3), (inputs[0].FirstRow, inputs[0].Rows));
    }

    [Fact]
    public async Task An_endless_order_is_handed_on_in_pieces()
    {
        var rows = string.Concat(Enumerable.Range(1, 12_000).Select(n => $"S,1,1,2026-11-20 12:00:00,7,A{n},1,5,5\n"));
        var inputs = await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\n{rows}S,1,2,2026-11-20 12:00:00,5,A,1,5,5\n");
        Assert.Equal([5001, 5001, 1998, 1], inputs.Select(input => input.Rows));
        Assert.Equal([false, false, false, true], inputs.Select(input => input.Order is not null));
    }
}
