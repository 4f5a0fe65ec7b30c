using System.Text.Json.Nodes;
using ProfileStoreSender.ApplyingSegments;

namespace ProfileStoreSender.Tests.ApplyingSegments;

public sealed class SegmentTemplateTests
{
    private static readonly Dictionary<string, JsonValue> Values = new() { ["days"] = JsonValue.Create(30), ["on"] = JsonValue.Create(true), ["name"] = JsonValue.Create("a \"b\" ${days}") };

    [Theory]
    [InlineData("""{"a":"${days}"}""", """{"a":30}""")]
    [InlineData("""{"a":["${on}",{"b":"${days} days"}]}""", """{"a":[true,{"b":"30 days"}]}""")]
    [InlineData("""{"a":"${name}"}""", """{"a":"a \u0022b\u0022 ${days}"}""")]
    [InlineData("""{"a":"where {{days}} and $days","b":null,"c":1.5}""", """{"a":"where {{days}} and $days","b":null,"c":1.5}""")]
    public void Fill_puts_parameters_into_their_places_with_their_types(string template, string expected) =>
        Assert.Equal(expected, new SegmentTemplate("t", SegmentJson.Object(template, "t")).Fill(Values).ToJsonString());

    [Fact]
    public void Fill_names_file_and_parameter_where_a_value_is_missing() =>
        Assert.Equal("t.json: the parameter 'scope' has no value",
            Assert.Throws<SegmentsFailedException>(() => new SegmentTemplate("t.json", SegmentJson.Object("""{"a":"x ${scope}"}""", "t")).Fill(Values)).Message);
}
