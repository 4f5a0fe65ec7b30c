using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace EndToEnd.Tests;

/// <summary>A metric that a dashboard or an alert rule names.</summary>
/// <param name="Name">As Prometheus knows it.</param>
/// <param name="Labels">Labels by which it is selected or added up.</param>
/// <param name="Jobs">Jobs it is asked of by name.</param>
/// <param name="Where">Who names it.</param>
internal sealed partial record WatchedMetric(string Name, IReadOnlySet<string> Labels, IReadOnlyList<string> Jobs, string Where)
{
    private static readonly string[] Words = ["and", "or", "unless", "bool", "offset"];

    /// <summary>All of deploy/observability.</summary>
    public static IReadOnlyList<WatchedMetric> All() => [.. Rules().Concat(Panels()).SelectMany(asked => In(asked.Expression, asked.Where))];

    /// <summary>What a rule records is its own; it is no metric that anybody emits.</summary>
    public static IReadOnlySet<string> Recorded() => RuleNodes().Select(rule => Text(rule, "record")).OfType<string>().ToHashSet();

    /// <summary>The metrics of an expression of Prometheus.</summary>
    public static IEnumerable<WatchedMetric> In(string expression, string where)
    {
        var by = Grouping().Matches(expression).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        var plain = Range().Replace(Grouping().Replace(expression, ""), "");
        var metrics = Selector().Matches(plain).Where(match => !Words.Contains(match.Groups["name"].Value)).ToList();
        foreach (var match in metrics)
        {
            var matchers = Matcher().Matches(match.Groups["matchers"].Value);
            yield return new(
                match.Groups["name"].Value,
                // Of an expression with several metrics each may bring a part of the labels.
                matchers.Select(matcher => matcher.Groups["label"].Value).Concat(metrics.Select(other => other.Groups["name"].Value).Distinct().Count() == 1 ? by : []).ToHashSet(),
                [.. matchers.Where(matcher => matcher.Groups["label"].Value == "job").Select(matcher => matcher.Groups["value"].Value)],
                where);
        }
    }

    private static IEnumerable<(string Expression, string Where)> Rules() => RuleNodes().Select(rule => (Text(rule, "expr")!, $"rule {Text(rule, "alert") ?? Text(rule, "record")}"));

    private static IEnumerable<YamlMappingNode> RuleNodes()
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Folder(), "alert-rules.yaml"));
        stream.Load(reader);
        return ((YamlSequenceNode)((YamlMappingNode)stream.Documents[0].RootNode)["groups"]).SelectMany(group => (YamlSequenceNode)((YamlMappingNode)group)["rules"]).Cast<YamlMappingNode>();
    }

    private static IEnumerable<(string Expression, string Where)> Panels() => Directory.GetFiles(Path.Combine(Folder(), "grafana", "dashboards"), "*.json")
        .Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement)
        .SelectMany(dashboard => dashboard.GetProperty("panels").EnumerateArray().Where(panel => panel.TryGetProperty("targets", out _)), (dashboard, panel) => (dashboard, panel))
        .SelectMany(shown => shown.panel.GetProperty("targets").EnumerateArray(), (shown, target) => (
            target.GetProperty("expr").GetString()!, $"dashboard {shown.dashboard.GetProperty("title").GetString()}, {shown.panel.GetProperty("title").GetString()}"));

    private static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? ((YamlScalarNode)value).Value : null;

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "deploy", "observability"));

    [GeneratedRegex(@"\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\[[^\]]*\]|\boffset\s+\w+")]
    private static partial Regex Range();

    // A name that no parenthesis follows is no function.
    [GeneratedRegex(@"(?<![""\w:])(?<name>[a-zA-Z_:][\w:]*)(?![\w:]*\s*\()(?:\{(?<matchers>(?:[^""}]|""[^""]*"")*)\})?")]
    private static partial Regex Selector();

    [GeneratedRegex(@"(?<label>\w+)\s*(?:=~|!~|!=|=)\s*""(?<value>[^""]*)""")]
    private static partial Regex Matcher();
}
