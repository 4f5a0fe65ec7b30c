using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Contracts.CustomerResolution;
using Contracts.ProfileStoreSender;
using ServiceDefaults.ConnectingToTheBus;

namespace Contracts.Tests;

public sealed class StoredMessagesTests
{
    public static TheoryData<string> Names => [.. Examples.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_stored_body_reads_as_what_was_meant(string name) =>
        Assert.Equivalent(Examples.All[name], Read(name, Stored(name)), strict: true);

    [Theory, MemberData(nameof(Names))]
    public void It_is_written_back_byte_for_byte(string name) =>
        Assert.Equal(Stored(name), JsonSerializer.Serialize(Examples.All[name], Examples.All[name].GetType(), PlainJson.Options));

    [Fact]
    public void Every_message_has_a_full_and_a_minimal_body_and_every_file_a_message()
    {
        var topology = DeclaredTopology.Current;
        var messages = topology.Topics.Select(topic => topic.Message).Concat(topology.Commands.Select(command => command.Message)).Distinct().Select(name => name.Split('.')[^1]);
        var files = Directory.GetFiles(Approved.Folder("StoredMessages")).Select(Path.GetFileName);

        Assert.Equal(
            messages.SelectMany(message => new[] { $"{message}.full.v1.json", $"{message}.minimal.v1.json" })
                .Concat(Examples.Version2.Keys.Select(name => $"{name}.v2.json")).Concat(Examples.Version3.Keys.Select(name => $"{name}.v3.json"))
                .Concat(Examples.Version4.Keys.Select(name => $"{name}.v4.json"))
                .Concat(Examples.Version5.Keys.Select(name => $"{name}.v5.json")).Order(StringComparer.Ordinal),
            files.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_missing_required_member_is_refused_by_its_name(string name)
    {
        var missing = RequiredMembers(Examples.All[name].GetType(), []).ToList();
        Assert.NotEmpty(missing);
        Assert.All(missing, path =>
        {
            var body = JsonNode.Parse(Stored(name))!;
            var holder = path[..^1].Aggregate(body, (node, member) => (node is JsonArray list ? list[0] : node)![member]!);
            Assert.True((holder is JsonArray lines ? lines[0] : holder)!.AsObject().Remove(path[^1]));

            var refusal = Assert.Throws<JsonException>(() => Read(name, body.ToJsonString()));
            Assert.Contains($"'{path[^1]}'", refusal.Message, StringComparison.Ordinal);
        });
    }

    [Theory, MemberData(nameof(Names))]
    public void A_member_of_a_later_version_is_passed_over(string name)
    {
        var body = JsonNode.Parse(Stored(name))!;
        body["addedLater"] = JsonNode.Parse("""{"deep":[1,2]}""");

        Assert.Equivalent(Examples.All[name], Read(name, body.ToJsonString()), strict: true);
    }

    [Theory, MemberData(nameof(Names))]
    public void Names_are_in_camel_case_numbers_are_numbers_times_are_utc_and_nothing_is_null(string name)
    {
        var checkedValues = 0;
        Check(JsonNode.Parse(Stored(name))!, "");
        Assert.InRange(checkedValues, 2, 100);

        void Check(JsonNode? node, string member)
        {
            Assert.NotNull(node);
            if (node is JsonObject parts)
                foreach (var (part, value) in parts)
                {
                    Assert.True(char.IsAsciiLetterLower(part[0]), $"{part} is not in camel case");
                    Check(value, part);
                }
            else if (node is JsonArray items)
                foreach (var item in items)
                    Check(item, member);
            else
            {
                checkedValues++;
                if (member is "gross" or "net" or "tax" or "total" or "unitPrice" or "quantity" or "discount" or "taxAmount" or "taxRate" or "rounding" or "number" or "statusCode")
                    Assert.Equal(JsonValueKind.Number, node.GetValueKind());
                if (member is "kind" or "reason" or "origin" or "hintFrom" or "suppressedBecause")
                    Assert.True(node.GetValueKind() == JsonValueKind.String && char.IsAsciiLetterLower(node.GetValue<string>()[0]));
                if (member.EndsWith("At", StringComparison.Ordinal))
                    Assert.EndsWith("+00:00", node.GetValue<string>(), StringComparison.Ordinal);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_message_written_as_text_gives_nobody_away(string name)
    {
        var text = $"{Examples.All[name]}";

        Assert.All(["pat", "2900000000017", "C100000", "1632", "M-17", "5f2d1c0b"], personal => Assert.DoesNotContain(personal, text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_reason_newer_than_the_reader_is_unknown_and_no_fault()
    {
        Assert.Equal(
            CustomerResolutionFailureReason.Unknown,
            ((CustomerResolutionFailed)Read("CustomerResolutionFailed.full.v1", Stored("CustomerResolutionFailed.full.v1").Replace("providerUnavailable", "addedLater", StringComparison.Ordinal))).Reason);
        Assert.Equal(
            OrderTrackingFailureReason.Unknown,
            ((OrderTrackingFailed)Read("OrderTrackingFailed.full.v1", Stored("OrderTrackingFailed.full.v1").Replace("refused", "addedLater", StringComparison.Ordinal))).Reason);
        Assert.Equal(
            CustomerOrigin.Unknown,
            ((CustomerResolved)Read("CustomerResolved.full.v1", Stored("CustomerResolved.full.v1").Replace("loyaltyProvider", "addedLater", StringComparison.Ordinal))).Customer.Origin);
    }

    [Fact]
    public void A_kind_that_nobody_knows_is_a_fault_because_it_carries_the_sign_of_the_amounts() =>
        Assert.Throws<JsonException>(() => Read("OrderReceived.full.v1", Stored("OrderReceived.full.v1").Replace("\"return\"", "\"addedLater\"", StringComparison.Ordinal)));

    private static object Read(string name, string body) => JsonSerializer.Deserialize(body, Examples.All[name].GetType(), PlainJson.Options)!;

    // A file ends with a line feed, a body does not.
    private static string Stored(string name) => File.ReadAllText(Approved.Folder(Path.Combine("StoredMessages", $"{name}.json"))).TrimEnd('\n');

    private static IEnumerable<string[]> RequiredMembers(Type record, string[] above) => record.GetProperties()
        .Where(property => property.IsDefined(typeof(RequiredMemberAttribute)))
        .SelectMany(property =>
        {
            string[] path = [.. above, JsonNamingPolicy.CamelCase.ConvertName(property.Name)];
            var type = property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType;
            return type.IsClass && type.Assembly == record.Assembly ? [path, .. RequiredMembers(type, path)] : new[] { path };
        });
}
