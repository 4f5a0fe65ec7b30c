using System.Text.RegularExpressions;

namespace Structure.Tests;

/// <summary>A key that is written down somewhere and read nowhere does nothing, without a word. Every key in use must be a property of options.</summary>
public sealed partial class ConfigurationKeyTests
{
    // The host's own: these sections are ASP.NET Core's.
    private static readonly string[] OfTheHost = ["Logging", "Kestrel", "AllowedHosts"];

    // For each type in the code the properties that configuration can set, with their types.
    private static readonly ILookup<string, (string Property, string Type)> Properties = Repository.Files("services", ".cs")
        .Concat(Repository.Files("tests", ".cs").Where(file => file.Contains("StandIn/", StringComparison.Ordinal)))
        .SelectMany(file => Declaration().Split(Repository.Read(file)).Skip(1).Chunk(2))
        .SelectMany(type => Property().Matches(type[1]), (type, match) => (Owner: type[0], Property: match.Groups["name"].Value, Type: match.Groups["type"].Value))
        .Concat(Repository.Files("services", ".cs").Concat(Repository.Files("tests", "Options.cs"))
            .SelectMany(file => Section().Matches(Repository.Read(file)), (file, match) => (Owner: "", Property: match.Groups[1].Value, Type: Path.GetFileNameWithoutExtension(file))))
        .ToLookup(found => found.Owner, found => (found.Property, found.Type));

    // What a class of options takes over from another.
    private static readonly ILookup<string, string> Bases = Repository.Files("services", "Options.cs")
        .SelectMany(file => Inheritance().Matches(Repository.Read(file)))
        .ToLookup(match => match.Groups[1].Value, match => match.Groups[2].Value);

    public static TheoryData<string> Files =>
    [
        "docker-compose.yml",
        .. Repository.Files("deploy").Where(file => Path.GetExtension(file) is ".env" or ".sh" or ".yaml" or ".bicep" or ".bicepparam"),
        .. Repository.Files("docs", ".md"),
        .. new[] { "README.md" }.Where(Repository.Exists),
    ];

    [Theory, MemberData(nameof(Files))]
    public void Every_key_that_is_written_down_exists_in_the_code(string file)
    {
        var text = Repository.Read(file);
        var keys = EnvironmentKey().Matches(text).Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal))
            .Concat(file.EndsWith(".md", StringComparison.Ordinal) ? QuotedKey().Matches(text).Select(match => match.Groups[1].Value) : [])
            .Distinct();

        Offenders.None(keys.Where(key => !IsKnown(key)));
    }

    [Fact]
    public void The_compose_file_sets_keys_at_all() =>
        Assert.True(EnvironmentKey().Count(Compose()) > 5, "the pattern for keys finds nothing any more");

    [Theory]
    [InlineData("Bus:Transport", true)]
    [InlineData("OrderIngest:Sources:sample-pos:ApiKeyHash", true)]
    [InlineData("Loyalty:Lookups:0:Path", true)]
    [InlineData("Bus:Transprot", false)]
    [InlineData("Buss:Transport", false)]
    [InlineData("ProfileStore:ApiKey", false)]
    [InlineData("Loyalty:Lookups:0:Paht", false)]
    [InlineData("OrderIngest:Sources:sample-pos:Hash", false)]
    [InlineData("OrderIngest:Journeys:ApiKey", true)]
    public void A_key_is_known_by_its_section_and_properties(string key, bool known) => Assert.Equal(known, IsKnown(key));

    private static string Compose() => Repository.Read("docker-compose.yml");

    /// <summary>Whether a key, with colons, is a property of options.</summary>
    internal static bool IsKnown(string key)
    {
        var parts = key.Split(':');
        return OfTheHost.Contains(parts[0]) || Reaches("", parts);
    }

    /// <summary>True when the key's parts lead from property to property.</summary>
    private static bool Reaches(string type, string[] parts) => parts.Length == 0 || Properties[type].Concat(Bases[type].SelectMany(above => Properties[above])).Any(found =>
    {
        if (found.Property != parts[0])
            return false;
        // The parts of a dictionary have names that the operator chooses; those of a list have numbers.
        var isMany = found.Type.Contains("Dictionary<", StringComparison.Ordinal) || found.Type.Contains("List<", StringComparison.Ordinal);
        return Reaches(Identifier().Matches(found.Type)[^1].Value, parts[(isMany && parts.Length > 1 ? 2 : 1)..]);
    });

    [GeneratedRegex(@"class (\w+Options) : (\w+Options)\b")]
    private static partial Regex Inheritance();

    [GeneratedRegex(@"const string Section = ""(\w+)""")]
    private static partial Regex Section();

    [GeneratedRegex(@"^(?:public |internal |sealed |abstract |static )+(?:class|record) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"public (?:required )?(?<type>[\w<>?, .]+) (?<name>\w+) \{ get;")]
    private static partial Regex Property();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+(?:__(?:[A-Za-z0-9]|(?<=[a-z])-(?=[a-z]))+)+\b")]
    private static partial Regex EnvironmentKey();

    [GeneratedRegex(@"`((?:Bus|Database|Secrets|OrderIngest|ProfileStoreSender|Loyalty|CustomerContacts|ProfileStore|Odp|Webhook|Journey|Erasure|Telemetry|Access|StandIn)(?::[\w<>*-]+)+)`")]
    private static partial Regex QuotedKey();
}
