using System.Diagnostics;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.ImportingFiles;

/// <summary>The program itself, as an operator runs it.</summary>
public sealed class When_the_command_imports : IAsyncLifetime
{
    private readonly SqliteFile _database = new();

    [Fact]
    public async Task It_ends_with_0_and_a_summary_in_plain_lines()
    {
        await File.WriteAllTextAsync(_database.FilePath("a.csv"), FlatFile.Of(Submitted.Order("1"), Submitted.Order("2"), Submitted.Order("1")));
        var (code, output) = await Run("import", _database.FilePath("a.csv"), "--source", "pos", "--batch-size", "2");
        Assert.True(code == 0, output);
        Assert.Contains("accepted: 2\nduplicates: 1\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task It_ends_with_2_when_something_was_rejected()
    {
        await File.WriteAllTextAsync(_database.FilePath("a.csv"), FlatFile.Of(Submitted.Order("1"), Submitted.Order("2") with { Kind = "gift" }));
        var (code, output) = await Run("import", _database.FilePath("a.csv"), "--source", "pos");
        Assert.True(code == 2, output);
        Assert.Contains("rejected orders: 1\nrejected rows: 1\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_2_when_the_file_was_cut_inside_an_order()
    {
        var line = Submitted.Order().Lines[0];
        var cut = Submitted.Order("2") with { Lines = [line, line with { Number = 2 }], Totals = new(2 * line.Total) };
        var file = FlatFile.Of(Submitted.Order("1"), cut);
        await File.WriteAllTextAsync(_database.FilePath("a.csv"), file[..(file.TrimEnd('\n').LastIndexOf('\n') + 1)]);
        var (code, output) = await Run("import", _database.FilePath("a.csv"), "--source", "pos");
        Assert.True(code == 2, output);
        Assert.Contains("accepted: 1\n", output, StringComparison.Ordinal);
        Assert.Contains("rejected orders: 1\nrejected rows: 1\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "a.csv", "nobody is not configured")]
    [InlineData("pos", "missing.csv", "missing.csv")]
    [InlineData("pos", "a.csv", "row 1, sku is missing")]
    public async Task It_ends_with_1_when_it_fails(string source, string file, string says)
    {
        await File.WriteAllTextAsync(_database.FilePath("a.csv"), "store_id\n");
        var (code, output) = await Run("import", _database.FilePath(file), "--source", source);
        Assert.True(code == 1, output);
        Assert.Contains(says, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_waits_for_the_database_for_a_while_only()
    {
        await File.WriteAllTextAsync(_database.FilePath("a.csv"), FlatFile.Of(Submitted.Order("1")));
        var (code, output) = await Run("import", _database.FilePath("a.csv"), "--source", "pos", "--wait", "1", "postgres");
        Assert.True(code == 1, output);
        Assert.Contains("not available after 1 s", output, StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<(int Code, string Output)> Run(params string[] arguments)
    {
        var away = arguments[^1] == "postgres";
        var start = new ProcessStartInfo("dotnet", [typeof(OrderIngestService).Assembly.Location, .. away ? arguments[..^1] : arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["Database__ConnectionString"] = away ? "Host=127.0.0.1;Port=1;Username=nobody;Password=none" : _database.ConnectionString,
                ["OrderIngest__Sources__pos__Format"] = "csv",
            },
        };
        using var process = Process.Start(start)!;
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = process.StandardOutput.ReadToEndAsync(bound.Token);
        var errors = process.StandardError.ReadToEndAsync(bound.Token);
        try
        {
            await process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
        return (process.ExitCode, await output + await errors);
    }
}
