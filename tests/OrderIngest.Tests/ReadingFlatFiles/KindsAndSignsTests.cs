namespace OrderIngest.Tests.ReadingFlatFiles;

public sealed class KindsAndSignsTests
{
    private const string Rows = "Shop,Till,No,Closed,Paid,Item,Pieces,Price,Amount,Kind,Void\n";

    [Fact]
    public async Task Without_a_kind_the_signs_tell()
    {
        var inputs = await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\nS,1,1,2026-11-20 12:00:00,5,A,1,5,5\nS,1,2,2026-11-20 12:00:00,-5,A,-1,5,-5\n");
        Assert.Equal(["1 Sale", "2 Return"], FlatSource.Told(inputs));
        Assert.Equal((1m, 5m, 5m), (inputs[1].Order!.Lines[0].Quantity, inputs[1].Order!.Lines[0].Total, inputs[1].Order!.Totals.Gross));
    }

    [Fact]
    public async Task Both_signs_in_one_receipt_are_a_sale_and_a_return_that_name_each_other()
    {
        var inputs = await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\nS,1,1,2026-11-20 12:00:00,3,A,1,8,8\nS,1,1,2026-11-20 12:00:00,3,B,-1,5,-5\n");
        Assert.Equal(["1 Sale", "1 Return"], FlatSource.Told(inputs));
        Assert.Equal(("A", 8m), (inputs[0].Order!.Lines[0].Sku, inputs[0].Order!.Totals.Gross));
        Assert.Equal(("B", 5m), (inputs[1].Order!.Lines[0].Sku, inputs[1].Order!.Totals.Gross));
        Assert.NotNull(inputs[0].Order!.ExchangeOrderId);
        Assert.Equal((2, 0), (inputs[0].Rows, inputs[1].Rows));
    }

    [Fact]
    public async Task Reversed_signs_are_turned_and_the_quantity_tells_the_way()
    {
        var inputs = await FlatSource.Read(FlatSource.TillWith(("AmountSign", "reversed")), $"{FlatSource.TillHeader}\nS,1,1,2026-11-20 12:00:00,-5,A,-1,5,-5\nS,1,2,2026-11-20 12:00:00,5,A,1,5,5\nS,1,3,2026-11-20 12:00:00,5,A,-1,5,5\n");
        Assert.Equal(["1 Sale", "2 Return", "3 Sale"], FlatSource.Told(inputs));
        Assert.All(inputs, input => Assert.Equal((1m, 5m), (input.Order!.Lines[0].Quantity, input.Order.Lines[0].Total)));
    }

    [Theory]
    [InlineData("V", "1 Sale")]
    [InlineData("r", "1 Return")]
    [InlineData("return", "1 Return")]
    [InlineData("", "1 Sale")]
    [InlineData("T", "skipped: Kind T")]
    [InlineData("Q", "row 2, Kind is no word for a sale or a return: Kinds can say which it is, or that it is to be skipped")]
    public async Task Words_tell_the_kind(string word, string told)
    {
        var source = FlatSource.TillWith(("Columns:kind", "Kind"), ("Kinds:V", "sale"), ("Kinds:R", "return"), ("Kinds:T", "skip"));
        Assert.Equal([told], FlatSource.Told(await FlatSource.Read(source, $"{Rows}S,1,1,2026-11-20 12:00:00,5,A,1,5,5,{word},\n")));
    }

    [Theory]
    [InlineData("N", 2)]
    [InlineData("J", 1)]
    [InlineData("yes", 1)]
    [InlineData("", 2)]
    public async Task Words_tell_which_line_is_voided_and_nothing_is_asked_of_it(string word, int lines)
    {
        var source = FlatSource.TillWith(("Columns:line.voided", "Void"), ("Flags:J", "true"), ("Flags:N", "false"));
        var paid = lines == 1 ? "5" : "7";
        var input = Assert.Single(await FlatSource.Read(source, $"{Rows}S,1,1,2026-11-20 12:00:00,{paid},A,1,5,5,,\nS,1,1,2026-11-20 12:00:00,{paid},B,1,{(lines == 1 ? "much" : "2")},2,,{word}\n"));
        Assert.Equal(lines, input.Order!.Lines.Count);
    }

    [Fact]
    public async Task Training_and_cancelled_receipts_are_skipped()
    {
        var source = FlatSource.TillWith(("Columns:training", "Kind"), ("Columns:cancelled", "Void"));
        var inputs = await FlatSource.Read(source, $"{Rows}S,1,1,2026-11-20 12:00:00,5,A,1,5,5,1,0\nS,1,2,2026-11-20 12:00:00,5,A,1,5,5,0,1\nS,1,3,2026-11-20 12:00:00,5,A,1,5,5,0,0\n");
        Assert.Equal(["skipped: training", "skipped: cancelled", "3 Sale"], FlatSource.Told(inputs));
    }

    [Fact]
    public async Task A_voided_line_takes_the_one_it_names_with_it()
    {
        var source = FlatSource.TillWith(("Columns:line.voided", "Void"), ("Columns:line.voids", "Kind"), ("Columns:line.number", "Till"), ("Columns:registerId", "=1"));
        var inputs = await FlatSource.Read(source, $"{Rows}S,10,1,2026-11-20 12:00:00,5,A,1,5,5,,\nS,20,1,2026-11-20 12:00:00,5,B,1,7,7,,\nS,30,1,2026-11-20 12:00:00,5,B,1,7,7,20,1\n");
        Assert.Equal("A", Assert.Single(Assert.Single(inputs).Order!.Lines).Sku);
    }

    [Fact]
    public async Task Returned_lines_may_be_marked_instead_of_negative()
    {
        var source = FlatSource.TillWith(("Columns:line.returned", "Void"));
        Assert.Equal(["1 Return"], FlatSource.Told(await FlatSource.Read(source, $"{Rows}S,1,1,2026-11-20 12:00:00,-5,A,1,5,5,,1\n")));
    }
}
