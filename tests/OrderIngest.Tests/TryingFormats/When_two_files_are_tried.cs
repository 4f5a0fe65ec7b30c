using OrderIngest.Tests.ReadingOrders;
using OrderIngest.TryingFormats;

namespace OrderIngest.Tests.TryingFormats;

/// <summary><c>OrderIngest read</c> with a file of orders and one of lines.</summary>
public sealed class When_two_files_are_tried : IAsyncLifetime
{
    private readonly SqliteFile _folder = new();
    private readonly StringWriter _output = new(), _errors = new();

    [Fact]
    public async Task Orders_come_first_and_then_what_was_skipped_or_rejected()
    {
        await File.WriteAllTextAsync(
            _folder.FilePath("orders.csv"),
            "Store,Terminal,TransactionId,ReceiptId,TransDate,TransTime,Type,EntryStatus,Currency,GrossAmount\n1,T,10,R10,2026-11-20,36000,2,0,USD,-5.00\n1,T,11,,2026-11-20,36100,1,0,USD,0\n1,T,12,R12,2026-11-20,99999,2,0,USD,-5.00\n",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            _folder.FilePath("lines.csv"), "Store,Terminal,TransactionId,LineNum,ItemId,Qty,Price,NetAmountInclTax\n1,T,12,1,A,-1,5.00,-5.00\n1,T,10,1,A,-1,5.00,-5.00\n", TestContext.Current.CancellationToken);
        var code = await Read("orders.csv", "--lines", _folder.FilePath("lines.csv"), "--format", "d365", "--time-zone", "America/Chicago");
        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(code == 2, $"{_errors}");
        Assert.Equal(4, lines.Length);
        Assert.Contains("\"receiptNumber\":\"R10\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("no business date", lines[1], StringComparison.Ordinal);
        Assert.Contains("transaction type Logon", lines[2], StringComparison.Ordinal);
        Assert.Contains("row 4, TransTime", lines[3], StringComparison.Ordinal);
        Assert.Equal("1 orders, 1 rejected, 1 skipped; times without an offset were read in America/Chicago", _errors.ToString().Trim());
    }

    [Fact]
    public async Task A_second_file_that_nobody_wants_is_refused()
    {
        await File.WriteAllTextAsync(_folder.FilePath("a.xml"), "<x/>", TestContext.Current.CancellationToken);
        Assert.Equal(1, await Read("a.xml", "--lines", _folder.FilePath("a.xml"), "--format", "poslog"));
        Assert.Contains("PosLog files hold orders with their lines", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_is_tried_from_a_file_of_settings()
    {
        var code = await Run(
            ShippedSample.PathOf("two-files-orders.csv"), "--lines", ShippedSample.PathOf("two-files-lines.csv"), "--settings", ShippedSample.PathOf("sources.json"), "--source", "shop-export");
        Assert.Equal((2, "3 orders, 2 rejected, 0 skipped"), (code, _errors.ToString().Trim()));
    }

    [Theory]
    [InlineData("nothing.json", null, "nothing.json")]
    [InlineData("broken.json", "{ \"OrderIngest\": ", "broken.json")]
    [InlineData("wrong.json", """{ "OrderIngest": { "Sources": { "till": { "TimeZone": "Nowhere" } } } }""", "OrderIngest:Sources:till:TimeZone")]
    public async Task Settings_that_cannot_be_used_are_named(string name, string? content, string says)
    {
        if (content is not null)
            await File.WriteAllTextAsync(_folder.FilePath(name), content, TestContext.Current.CancellationToken);
        Assert.Equal(1, await Run(ShippedSample.PathOf("poslog.xml"), "--settings", _folder.FilePath(name), "--source", "till"));
        Assert.Contains(says, _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_is_wrong_is_named()
    {
        await File.WriteAllTextAsync(_folder.FilePath("a.csv"), "x\n", TestContext.Current.CancellationToken);
        Assert.Equal(1, await Read("a.csv", "--format", "csv", "--encoding", "klingon"));
        Assert.Contains("Encoding is not the name of an encoding", _errors.ToString(), StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    private Task<int> Read(string file, params string[] options) => Run(_folder.FilePath(file), options);

    private Task<int> Run(string path, params string[] options) =>
        ReadCommand.Make(_output, _errors).Parse([path, .. options]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
}
