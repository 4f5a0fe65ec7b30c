using YamlDotNet.RepresentationModel;

namespace Structure.Tests;

/// <summary>The rules of deploy/observability/alert-rules.yaml and what tests them.</summary>
internal static class AlertRules
{
    public const string Folder = "deploy/observability";

    public static readonly string[] TestFiles = ["alert-rules.tests.yaml", "silent-stores.tests.yaml"];

    public static IReadOnlyList<YamlNode> Alerts { get; } =
        [.. Assert.Single(YamlFile.Documents($"{Folder}/alert-rules.yaml")).Items("groups").SelectMany(group => group.Items("rules")).Where(rule => rule.At("alert") is not null)];

    public static YamlNode Named(string alert) => Assert.Single(Alerts, rule => rule.Text("alert") == alert);

    /// <summary>Every question that is asked of an alert in a test: the alert, and how many of it must fire.</summary>
    public static IReadOnlyList<(string Alert, int Firing)> Tests { get; } =
        [.. TestFiles.SelectMany(file => Assert.Single(YamlFile.Documents($"{Folder}/{file}")).Items("tests")).SelectMany(test => test.Items("alert_rule_test"))
            .Select(asked => (asked.Text("alertname")!, asked.Items("exp_alerts").Count))];
}
