using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProfileStoreSender.ApplyingSegments;

namespace ProfileStoreSender.Tests.ApplyingSegments;

/// <summary>deploy/optimizely as it is beside the program: what the service could only find out when somebody applies it.</summary>
public sealed partial class ShippedSegmentTests
{
    private static readonly SegmentFiles Files = SegmentFiles.Read(Path.Combine(AppContext.BaseDirectory, "optimizely"));

    private static readonly Dictionary<string, JsonValue> Configured = new() { ["scope"] = JsonValue.Create("webshop"), ["storeEvent"] = JsonValue.Create("StorePurchase") };

    [Fact]
    public void Every_place_in_the_query_is_a_parameter_and_has_a_value_of_its_type_in_the_segment()
    {
        var file = Assert.Single(Files.Segments);
        var values = new Dictionary<string, JsonValue>(Files.ValuesFor(file, Configured, new Dictionary<string, JsonValue>())) { [SegmentFiles.DefinitionId] = JsonValue.Create("d1") };
        var (definition, segment) = (file.Definition.Fill(values), file.Segment.Fill(values));
        var declared = definition["Parameters"]!.AsArray().ToDictionary(one => (string)one!["Name"]!, one => (string)one!["Type"]!);
        var given = segment["Filters"]![0]!["Parameters"]!.AsArray().ToDictionary(one => (string)one!["Name"]!, one => one!["Value"]!.GetValueKind().ToString());

        Assert.Equal(declared.Keys.Order(), ServicePlace().Matches((string)definition["Query"]!).Select(match => match.Groups[1].Value).Distinct().Order());
        Assert.Equal(declared.Select(one => $"{one.Key}: {(one.Value == "string" ? "String" : "Number")}").Order(), given.Select(one => $"{one.Key}: {one.Value}").Order());
        Assert.EndsWith("project DeviceId", (string)definition["Query"]!, StringComparison.Ordinal);
        Assert.Equal(("webshop", "d1", true), ((string?)segment["Scope"], (string?)segment["Filters"]![0]!["FilterDefinitionId"], (bool?)segment["AvailableForPersonalization"]));
        Assert.True(Guid.TryParse((string?)segment["SegmentId"], out _));
    }

    [Fact]
    public void A_segment_has_an_id_of_its_own_in_each_scope_that_no_other_parameter_changes()
    {
        string Id(params (string Name, JsonValue Value)[] asked) =>
            Files.ValuesFor(Files.Segments[0], Configured, asked.ToDictionary(one => one.Name, one => one.Value))["segmentId"].ToString();

        Assert.Equal(Id(), Id(("days", JsonValue.Create(7)), ("segmentName", JsonValue.Create("Other"))));
        Assert.NotEqual(Id(), Id(("scope", JsonValue.Create("outlet"))));
        Assert.Equal("mine", Id(("segmentId", JsonValue.Create("mine"))));
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex ServicePlace();
}
