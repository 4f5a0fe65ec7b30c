using System.Text.Json;
using CustomerResolution.LookingUpCustomers;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerResolution.Tests.LookingUpCustomers;

public sealed class JsonPathTests
{
    private const string Document = """{"a":{"b":[{"c":"found"},{"c":" trimmed "},7.50,true,null,""],"with space":"x","e-mail":"y"},"bad":"\ud800"}""";

    [Theory]
    [InlineData("$.a.b[0].c", "found")]
    [InlineData("$.a.b[1].c", "trimmed")]
    [InlineData("$.a.b[2]", "7.50")]
    [InlineData("$.a.b[3]", "true")]
    [InlineData("$.a.with space", "x")]
    [InlineData("$.a.e-mail", "y")]
    [InlineData("$.a.b[4]", null)]
    [InlineData("$.a.b[5]", null)]
    [InlineData("$.a.b[6]", null)]
    [InlineData("$.a.b.c", null)]
    [InlineData("$.a[0]", null)]
    [InlineData("$.A", null)]
    [InlineData("$.a", null)]
    [InlineData("$", null)]
    [InlineData("$.bad", null)]
    public void ReadText_gives_the_text_at_the_path(string path, string? expected) => Assert.Equal(expected, Parse(path).ReadText(Json(Document)));

    [Fact]
    public void TryRead_gives_the_document_itself_at_the_root()
    {
        Assert.True(Parse("$").TryRead(Json("[1,2]"), out var value));
        Assert.Equal(2, value.GetArrayLength());
    }

    [Fact]
    public void TryRead_follows_indices_one_after_the_other()
    {
        Assert.True(Parse("$[1][0]").TryRead(Json("[0,[5]]"), out var value));
        Assert.Equal(5, value.GetInt32());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("$a")]
    [InlineData("$.")]
    [InlineData("$..a")]
    [InlineData("$.a.")]
    [InlineData("$.a[")]
    [InlineData("$.a[]")]
    [InlineData("$.a[x]")]
    [InlineData("$.a[-1]")]
    [InlineData("$.a[ 1]")]
    [InlineData("$.a[1]b")]
    [InlineData("$.a[99999999999]")]
    [InlineData("$.a]")]
    [InlineData("$.a[*]")]
    public void TryParse_refuses_what_is_no_such_path(string? text) => Assert.False(JsonPath.TryParse(text, out _));

    [Fact]
    public void TryParse_refuses_half_a_surrogate_pair()
    {
        Assert.False(JsonPath.TryParse("$.\ud800", out _));
        Assert.False(JsonPath.TryParse("$.\udc00\ud800", out _));
        Assert.True(JsonPath.TryParse("$.\U0001F600", out _));
    }

    [Fact]
    public void No_text_and_no_document_makes_it_throw()
    {
        var texts = Gen.Elements("$", ".", "[", "]", "a", "b", "0", "1", "99", "-", " ", "\ud800", "\udc00", "é").ArrayOf().Select(string.Concat).ToArbitrary();
        var json = Gen.Elements(
            Document, "null", "0", "\"x\"", "[]", "{}", "[[1],{\"a\":[{\"b\":null}]}]", """{"\ud800":1,"a":"\udc00"}""", """{"a":1,"a":{"b":[0]}}""").ToArbitrary();
        Prop.ForAll(texts, json, (text, document) =>
        {
            _ = JsonPath.TryParse($"${text}", out var path) ? path.ReadText(Json(document)) : null;
            _ = JsonPath.TryParse(text, out path) ? path.ReadText(Json(document)) : null;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_leaf_is_read_at_the_path_that_leads_to_it()
    {
        // A step is a member (a to c) or an index; the document is built around the leaf from the inside out.
        var steps = Gen.OneOf(Gen.Elements("a", "b", "c é").Select(name => (Path: $".{name}", Around: (Func<string, string>)(inner => $$"""{"x":1,"{{name}}":{{inner}}}"""))),
            Gen.Choose(0, 3).Select(index => (Path: $"[{index}]", Around: (Func<string, string>)(inner => $"[{string.Concat(Enumerable.Repeat("0,", index))}{inner}]"))));
        Prop.ForAll(steps.ArrayOf().Where(s => s.Length < 40).ToArbitrary(), way =>
        {
            var path = $"${string.Concat(way.Select(step => step.Path))}";
            var document = way.Reverse().Aggregate("\"leaf\"", (inner, step) => step.Around(inner));
            return Parse(path).ReadText(Json(document)) == "leaf" && Parse(path).ToString() == path;
        }).QuickCheckThrowOnFailure();
    }

    private static JsonPath Parse(string text)
    {
        Assert.True(JsonPath.TryParse(text, out var path));
        return path;
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
