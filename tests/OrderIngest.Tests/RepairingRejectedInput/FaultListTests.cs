using OrderIngest.RepairingRejectedInput;

namespace OrderIngest.Tests.RepairingRejectedInput;

public sealed class FaultListTests
{
    private static readonly RejectedEntry Entry = new()
    {
        Id = 17,
        Source = "pos",
        Reason = "invalid",
        State = "open",
        Origin = "import a.csv",
        File = "a.csv",
        FirstRow = 12,
        Rows = 2,
        Position = 4711,
        Bytes = 99,
        Times = 3,
        FirstReceivedAt = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero),
        LastReceivedAt = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
        Faults = [],
    };

    [Fact]
    public void Each_fault_is_a_row_with_the_row_and_the_column_to_look_at() => Assert.Equal(
        "17,pos,a.csv,12,currency,is not a currency code of ISO 4217,invalid,,12,2,4711,2026-11-20T12:00:00Z,2026-11-21T12:00:00Z,3\r\n" +
        "17,pos,a.csv,13,,\"has 5 fields, not 6\",invalid,,12,2,4711,2026-11-20T12:00:00Z,2026-11-21T12:00:00Z,3\r\n" +
        "17,pos,a.csv,12,$.lines[2].sku,is required,invalid,,12,2,4711,2026-11-20T12:00:00Z,2026-11-21T12:00:00Z,3\r\n",
        FaultList.Rows([Entry with { Faults = [new("row 12, currency", "is not a currency code of ISO 4217"), new("row 13", "has 5 fields, not 6"), new("$.lines[2].sku", "is required")] }]));

    [Fact]
    public void A_changed_order_is_a_row_too() => Assert.Equal(
        "17,pos,a.csv,12,order,was accepted before with other content,changed-after-acceptance,5f0c1c52-52f0-4d7e-8f0e-3a1c2b7d4e60,12,2,4711,2026-11-20T12:00:00Z,2026-11-21T12:00:00Z,3\r\n",
        FaultList.Rows([Entry with { Reason = "changed-after-acceptance", OrderId = new("5f0c1c52-52f0-4d7e-8f0e-3a1c2b7d4e60") }]));

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")", "\"'=HYPERLINK(\"\"http://evil\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData(" =1", "' =1")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a=b", "a=b")]
    [InlineData("a,b;c\"d", "\"a,b;c\"\"d\"")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void What_a_spreadsheet_would_run_is_made_text(string? value, string cell) => Assert.Equal(cell, SpreadsheetText.Cell(value));

    [Fact]
    public void File_names_and_columns_of_others_do_not_run()
    {
        var rows = FaultList.Rows([Entry with { File = "=cmd|'/c calc'!A1.csv", Source = "@pos", Faults = [new("row 2, =A1+B1", "is required")] }]);
        Assert.Contains(",'@pos,'=cmd|'/c calc'!A1.csv,2,'=A1+B1,is required,", rows, StringComparison.Ordinal);
    }
}
