using System.Collections.Frozen;
using System.Text;
using OrderIngest.ReadingOrders;

namespace OrderIngest.Tests.ReadingOrders;

public sealed class JsonObjectsTests
{
    private static readonly FrozenSet<string> Wrappers = new[] { "orders", "order" }.ToFrozenSet();

    [Theory]
    [InlineData("{\"id\":1}", "{\"id\":1}")]
    [InlineData("{\"id\":1}\n{\"id\":2}\r\n\r\n{\"id\":3}", "{\"id\":1}|{\"id\":2}|{\"id\":3}")]
    [InlineData("{\"id\":1}{\"id\":2}", "{\"id\":1}|{\"id\":2}")]
    [InlineData(" [ {\"id\":1} , {\"id\":2} ] ", "{\"id\":1}|{\"id\":2}")]
    [InlineData("{\"orders\":[{\"id\":1},{\"id\":2}],\"next\":{\"id\":3}}", "{\"id\":1}|{\"id\":2}")]
    [InlineData("{\"page\":{\"of\":[2,{}]},\"note\":\"a } \\\" {\",\"n\":null,\"orders\":[{\"id\":1}]}", "{\"id\":1}")]
    [InlineData("{\"order\":{\"id\":1,\"orders\":[{\"id\":2}]}}", "{\"id\":1,\"orders\":[{\"id\":2}]}")]
    [InlineData("{\"orders\":[]}", "")]
    [InlineData("[]", "")]
    [InlineData("", "")]
    [InlineData("{\"text\":\"} ] \\\\\\\" {\"}", "{\"text\":\"} ] \\\\\\\" {\"}")]
    // A document may be printed over many lines, even without indents.
    [InlineData("{\n\"lines\":[\n{\n\"id\":1\n},\n{\n\"id\":2\n}\n]\n}\n{\"id\":3}", "{\n\"lines\":[\n{\n\"id\":1\n},\n{\n\"id\":2\n}\n]\n}|{\"id\":3}")]
    // What is damaged costs itself where each begins a line.
    [InlineData("{\"id\":1\n{\"id\":2}\n", "!{\"id\":1\n|{\"id\":2}")]
    [InlineData("{\"id\":\"1}\n{\"id\":2}\n{\"id\":3}", "!{\"id\":\"1}\n|{\"id\":2}|{\"id\":3}")]
    [InlineData("[\n  {\"a\":[1}\n  ,\n  {\"id\":2}\n]", "!{\"a\":[1}\n  ,\n  |{\"id\":2}")]
    [InlineData("\"id\":1,\"of\":{\"id\":7}}\n{\"id\":2}", "!\"id\":1,\"of\":{\"id\":7}}\n|{\"id\":2}")]
    [InlineData("nonsense\n{\"id\":2}", "!nonsense\n|{\"id\":2}")]
    [InlineData("{\"id\":1}]\n{\"id\":2}", "!{\"id\":1}]\n|{\"id\":2}")]
    // A shorter object that is valid by chance: what follows gives it away.
    [InlineData("{\"id\":1},\"more\":2}\n{\"id\":2}", "!{\"id\":1},\"more\":2}\n|{\"id\":2}")]
    [InlineData("{\n \"id\":1},\n \"more\":2\n}\n{\"id\":2}", "!{\n \"id\":1},\n|!\"more\":2\n|!}\n|{\"id\":2}")]
    [InlineData("{\"id\":1", "!{\"id\":1")]
    [InlineData("[{\"id\":1},", "{\"id\":1}|!")]
    [InlineData("{\"orders\":[{\"id\":1}", "{\"id\":1}|!")]
    public async Task Every_object_is_found_and_everything_else_is_told(string file, string expected)
    {
        // A stream may give any number of bytes at a time.
        foreach (var atATime in new[] { 1, 2, 7, 100_000 })
            Assert.Equal(expected, await Cut(file, atATime, 1000));
    }

    [Fact]
    public async Task One_that_is_too_long_costs_itself()
    {
        var long1 = $"{{\"id\":1,\"text\":\"{new string('x', 5000)}\"}}";
        foreach (var file in new[] { $"{{\"id\":0}}\n{long1}\n{{\"id\":2}}", $"[{{\"id\":0}},{long1},{{\"id\":2}}]" })
            Assert.Equal($"{{\"id\":0}}|!{long1[..1000]}|{{\"id\":2}}", await Cut(file, 64, 1000));
        Assert.Equal($"!{long1[..1000]}|{{\"id\":2}}", await Cut($"{long1[..^2]}\n{{\"id\":2}}", 64, 1000));
    }

    private static async Task<string> Cut(string file, int atATime, int longest)
    {
        var objects = new JsonObjects(new SlowStream(Encoding.UTF8.GetBytes(file), atATime), longest, Wrappers);
        var found = new List<string>();
        while (await objects.Next(CancellationToken.None) is { } next)
        {
            Assert.Equal(Encoding.UTF8.GetString(next.Bytes), file.Substring((int)next.Position, next.Bytes.Length));
            Assert.Equal(file[..(int)next.Position].Count(mark => mark == '\n') + 1, next.Row);
            found.Add((next.Fault is null ? "" : "!") + Encoding.UTF8.GetString(next.Bytes));
        }
        Assert.Equal(file.Length, objects.Position);
        return string.Join('|', found);
    }
}
