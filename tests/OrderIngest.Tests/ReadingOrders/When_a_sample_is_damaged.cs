using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingFlatFiles;
using OrderIngest.TryingFormats;

namespace OrderIngest.Tests.ReadingOrders;

/// <summary>The shipped samples of json, csv and d365, under the configuration shipped with them, cut and damaged.</summary>
public sealed partial class When_a_sample_is_damaged
{
    /// <summary>Source, file, file of lines.</summary>
    public static TheoryData<string, string, string?> Samples => new()
    {
        { "json", "orders.ndjson", null },
        { "till-de", "flat-semicolon-windows-1252.csv", null },
        { "till-once", "order-columns-once.csv", null },
        { "till-typed", "header-and-line-rows.csv", null },
        { "shop-export", "two-files-orders.csv", "two-files-lines.csv" },
        { "commerce", "d365-transactions.csv", "d365-sales-lines.csv" },
    };

    [Theory, MemberData(nameof(Samples))]
    public async Task Cut_anywhere_it_gives_orders_of_the_whole_file_and_no_others(string name, string file, string? lines)
    {
        var (source, bytes, second) = Of(name, file, lines);
        // One order's second row is damaged: cut off before it, the first one makes an order.
        var whole = await Read(source, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace(",,,,,,,,3,10.00,30.00\n", "", StringComparison.Ordinal)), second);
        Assert.True(whole.Orders.Count >= 3);
        for (var cut = 0; cut < bytes.Length; cut++)
            AssertOf(whole.Orders, await Read(source, bytes[..cut], second), $"cut at {cut}");
        for (var cut = 0; cut < second?.Length; cut++)
            AssertOf(whole.Orders, await Read(source, bytes, second[..cut]), $"lines cut at {cut}");
    }

    [Theory, MemberData(nameof(Samples))]
    public async Task No_mutation_makes_the_reader_fail(string name, string file, string? lines)
    {
        var (source, bytes, second) = Of(name, file, lines);
        for (var seed = 1; seed <= 2000; seed++)
        {
            var random = new Random(seed);
            var (changed, changedLines) = second is null || seed % 2 == 0 ? (Mutation.Of(bytes, random), second) : (bytes, Mutation.Of(second, random));
            try
            {
                await Read(source, changed, changedLines);
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {exception}");
            }
        }
    }

    private static void AssertOf(IReadOnlyList<string> whole, (IReadOnlyList<string> Orders, int Rejected) read, string says) =>
        Assert.True(read.Orders.All(whole.Contains), $"{says}: {string.Join('\n', read.Orders.Except(whole))}");

    private static async Task<(IReadOnlyList<string> Orders, int Rejected)> Read(Source source, byte[] file, byte[]? lines)
    {
        try
        {
            var inputs = await FlatSource.Read(source, file, lines);
            Assert.All(inputs, input => Assert.True(input.Order is null == (input.Faults.Count > 0 || input.Skipped is not null)));
            return ([.. inputs.Where(input => input.Order is not null).Select(input => Zeros().Replace(PostedOrder.Of(input.Order!, withSource: false), ""))], inputs.Count(input => input.Order is null));
        }
        catch (UnreadableHeaderException)
        {
            return ([], 1);
        }
    }

    // 50.00 cut to 50. is the same amount.
    [GeneratedRegex(@"(?<=\.\d*)0+(?=[,}])|\.0*(?=[,}])")]
    private static partial Regex Zeros();

    private static (Source Source, byte[] File, byte[]? Lines) Of(string name, string file, string? lines)
    {
        var options = name == "json"
            ? new SourceOptions { Format = InputFormat.Json, TimeZone = "Europe/Berlin" }
            // A text cut off in the last column can be told by nothing else.
            : new ConfigurationBuilder().AddJsonFile(ShippedSample.PathOf("sources.json")).AddInMemoryCollection([new($"OrderIngest:Sources:{name}:Rows:RequireLineEnd", "true")]).Build().GetSection($"OrderIngest:Sources:{name}").Get<SourceOptions>()!;
        return (new(name, options), File.ReadAllBytes(ShippedSample.PathOf(file)), lines is null ? null : File.ReadAllBytes(ShippedSample.PathOf(lines)));
    }
}
