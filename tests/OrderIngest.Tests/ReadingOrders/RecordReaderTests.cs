using System.Text;
using OrderIngest.ReadingOrders;

namespace OrderIngest.Tests.ReadingOrders;

public sealed class RecordReaderTests
{
    [Fact]
    public async Task A_record_knows_where_it_begins_whatever_came_before()
    {
        // A long line makes the buffer move, and one that is too long is skipped.
        var lines = new[] { "first\n", "\"two\nlines\",x\n", $"{new string('y', 90_000)}\n", $"{new string('z', 300_000)}\n", "é\r\n", "last" };
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines));
        var reader = new RecordReader(new MemoryStream(bytes), 100_000, quotes: true);
        var seen = new List<(int Row, long Position, bool TooLong)>();
        while (await reader.Next(TestContext.Current.CancellationToken) is { } record)
        {
            seen.Add((record.Row, record.Position, record.TooLong));
            Assert.True(bytes.AsSpan((int)record.Position).StartsWith(record.Bytes));
        }
        Assert.Equal([(1, 0, false), (2, 6, false), (4, 20, false), (5, 90_021, true), (6, 390_022, false), (7, 390_026, false)], seen);
    }
}
