using System.Text.RegularExpressions;

namespace Structure.Tests;

/// <summary>A key that is written down somewhere and read nowhere does nothing, without a word. Every key in use must be a property of options.</summary>
public sealed partial class ConfigurationKeyTests
{
    // The host's own: these sections are ASP.NET Core's.
    private static readonly string[] OfTheHost = ["Logging", "Kestrel", "AllowedHosts"];

    private static readonly string[] Code = [.. Repository.Files("services", ".cs").Concat(Repository.Files("tests", ".cs").Where(file => file.Contains("StandIn/", StringComparison.Ordinal))).Select(Repository.Read)];
    private static readonly HashSet<string> Sections = [.. Code.SelectMany(text => Section().Matches(text)).Select(match => match.Groups[1].Value)];
    private static readonly HashSet<string> Properties = [.. Code.SelectMany(text => Property().Matches(text)).Select(match => match.Groups[1].Value)];

    public static TheoryData<string> Files =>
    [
        "docker-compose.yml",
        .. Repository.Files("deploy").Where(file => file.EndsWith(".env", StringComparison.Ordinal) || file.EndsWith(".sh", StringComparison.Ordinal)),
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
    public void A_key_is_known_by_its_section_and_properties(string key, bool known) => Assert.Equal(known, IsKnown(key));

    private static string Compose() => Repository.Read("docker-compose.yml");

    private static bool IsKnown(string key)
    {
        var parts = key.Split(':');
        if (OfTheHost.Contains(parts[0]))
            return true;
        // What follows Sources or Stores is a name that the operator chooses; lists have numbers.
        return Sections.Contains(parts[0]) && parts.Skip(1).Select((part, i) => (part, before: parts[i])).All(
            step => step.before is "Sources" or "Stores" || int.TryParse(step.part, out _) || step.part is "<n>" or "*" || Properties.Contains(step.part));
    }

    [GeneratedRegex(@"const string Section = ""(\w+)""")]
    private static partial Regex Section();

    [GeneratedRegex(@"public (?:required )?[\w<>?, .]+ (\w+) \{ get; (?:init|set)?")]
    private static partial Regex Property();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+(?:__(?:[A-Za-z0-9]|(?<=[a-z])-(?=[a-z]))+)+\b")]
    private static partial Regex EnvironmentKey();

    [GeneratedRegex(@"`((?:Bus|Database|OrderIngest|Loyalty|CustomerContacts|ProfileStore|Odp|Journey|Telemetry|Access|StandIn)(?::[\w<>*-]+)+)`")]
    private static partial Regex QuotedKey();
}
