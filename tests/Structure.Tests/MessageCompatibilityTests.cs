using System.Text.Json;

namespace Structure.Tests;

/// <summary>Messages of this version and of the previous one are on the same queues while a deployment is under way (docs/decisions/0027).</summary>
public sealed class MessageCompatibilityTests
{
    private const string Shapes = "tests/Contracts.Tests/Contracts.approved.txt", WireNames = "tests/Contracts.Tests/WireNames.approved.txt", Stored = "tests/Contracts.Tests/StoredMessages",
        Topology = "deploy/topology.json";

    private static readonly Dictionary<string, IReadOnlyList<string>> Before = Types(PreviousVersion.Read(Shapes)), Now = Types(Repository.Read(Shapes));

    [Fact]
    public void Nothing_that_the_previous_version_reads_or_writes_is_gone_or_different()
    {
        Assert.True(Before.Count > 10, string.Join(", ", Before.Keys));
        Offenders.None(Before.SelectMany(type => type.Value.Except(Now.GetValueOrDefault(type.Key) ?? []), (type, member) => $"{type.Key}: {member}"));
        Offenders.None(Lines(PreviousVersion.Read(WireNames)).Except(Lines(Repository.Read(WireNames))));
    }

    [Fact]
    public void What_came_since_is_not_required() =>
        Offenders.None(Before.Keys.SelectMany(type => Now.GetValueOrDefault(type)?.Except(Before[type]) ?? [], (type, member) => $"{type}: {member}").Where(member => member.EndsWith(" required", StringComparison.Ordinal)));

    [Fact]
    public void A_word_that_came_since_is_unknown_to_the_previous_version_and_no_fault() =>
        Offenders.None(Before.Keys.Where(type => type.StartsWith("enum ", StringComparison.Ordinal) && Now[type].Except(Before[type]).Any())
            .Where(type => !PreviousVersion.Read($"contracts/{string.Join('/', type.Split('.')[1..])}.cs").Contains("UnknownWhenNewer<", StringComparison.Ordinal)));

    [Fact]
    public void Stored_bodies_of_the_previous_version_are_as_they_were() =>
        Offenders.None(PreviousVersion.Files(Stored).Where(file => !Repository.Exists(file.Key) || PreviousVersion.ContentOf(file.Key) != file.Value).Select(file => file.Key));

    [Fact]
    public void Every_queue_that_it_reads_still_gets_what_it_got()
    {
        var now = Routes(Repository.Read(Topology)).ToHashSet();

        Offenders.None(Routes(PreviousVersion.Read(Topology)).Where(route => !now.Contains(route)));
    }

    /// <summary>For each type its members, as approved.</summary>
    private static Dictionary<string, IReadOnlyList<string>> Types(string approved)
    {
        var types = new Dictionary<string, IReadOnlyList<string>>();
        var members = new List<string>();
        foreach (var line in Lines(approved))
        {
            if (line.StartsWith(' '))
                members.Add(line.Trim());
            else
                types[line] = members = [];
        }
        return types;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Routes(string json)
    {
        using var topology = JsonDocument.Parse(json);
        foreach (var topic in topology.RootElement.GetProperty("topics").EnumerateArray())
        {
            foreach (var subscription in topic.GetProperty("subscriptions").EnumerateArray())
                yield return $"{topic.GetProperty("message")} by topic {topic.GetProperty("name")} to queue {subscription.GetProperty("queue")}{(subscription.GetProperty("required").GetBoolean() ? ", which must be there" : "")}";
        }
        foreach (var kind in new[] { "commands", "inbound" })
        {
            foreach (var queue in topology.RootElement.GetProperty(kind).EnumerateArray())
                yield return $"{queue.GetProperty("message")} to queue {queue.GetProperty("queue")}";
        }
    }
}
