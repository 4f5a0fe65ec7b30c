using OrderIngest.ReadingOrders;

namespace OrderIngest.Tests.ReadingOrders;

public sealed class HalfOrdersTests
{
    private static readonly Contracts.OrderIngest.Order Some = Submitted.Read(Submitted.Node(Submitted.Order())).Order!;

    [Theory]
    [InlineData("o o o", false, "o o o")]
    [InlineData("o o o", true, "o o r")]
    [InlineData("o r r", true, "r r r")]
    [InlineData("o r o", true, "o r r")]
    [InlineData("o r r", false, "o r r")]
    // The second half of an exchange has no rows of its own.
    [InlineData("o o e", true, "o r r")]
    [InlineData("s", true, "s")]
    [InlineData("", true, "")]
    public async Task Reject_the_last_order_of_a_cut_stream_and_no_other(string inputs, bool cut, string expected)
    {
        var stream = new GuardedStream(new MemoryStream(new byte[10]), cut ? 5 : 10);
        await stream.CopyToAsync(Stream.Null);
        var seen = new List<string>();
        await foreach (var input in HalfOrders.Reject(Inputs(inputs), stream, CancellationToken.None))
            seen.Add(input.Order is not null ? input.Rows > 0 ? "o" : "e" : input.Skipped is not null ? "s" : "r");
        Assert.Equal(expected, string.Join(' ', seen));
    }

    [Theory]
    [InlineData(nameof(InputFormat.Csv), true)]
    [InlineData(nameof(InputFormat.Json), false)]
    [InlineData(nameof(InputFormat.PosLog), false)]
    public void MayBeUnnoticed_where_an_order_is_a_number_of_rows(string format, bool expected) => Assert.Equal(expected, HalfOrders.MayBeUnnoticed(Enum.Parse<InputFormat>(format)));

    private static async IAsyncEnumerable<ReadInput> Inputs(string inputs)
    {
        foreach (var input in inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await Task.Yield();
            yield return new() { Source = "pos", Faults = [], Raw = [], Order = input is "o" or "e" ? Some : null, Rows = input == "e" ? 0 : 1, Skipped = input == "s" ? "training" : null };
        }
    }
}
