using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Structure.Tests;

/// <summary>Collector, Prometheus, Tempo and Grafana know each other by the names and ports they have.</summary>
public sealed partial class ObservabilityTests
{
    private static readonly YamlNode Collector = Read("collector.yaml"), Prometheus = Read("prometheus.yaml"), Tempo = Read("tempo.yaml");

    public static TheoryData<string> Dashboards => [.. Repository.Files($"{AlertRules.Folder}/grafana/dashboards")];

    [Fact]
    public void Every_file_can_be_read() => Assert.All(Repository.Files(AlertRules.Folder, ".yaml"), file => Assert.NotEmpty(YamlFile.Documents(file)));

    [Fact]
    public void The_collectors_pipelines_use_what_is_defined_and_all_of_it()
    {
        var pipelines = ((YamlMappingNode)Collector.At("service", "pipelines")!).Children.Values;
        foreach (var part in new[] { "receivers", "processors", "exporters" })
        {
            var defined = ((YamlMappingNode)Collector.At(part)!).Children.Keys.Select(key => key.Text()).ToHashSet();
            Assert.Equal(defined, pipelines.SelectMany(pipeline => pipeline.Items(part)).Select(name => name.Text()).ToHashSet());
        }
        Assert.Equal(((YamlMappingNode)Collector.At("extensions")!).Children.Keys.Select(key => key.Text()), Collector.Items("service", "extensions").Select(name => name.Text()));
    }

    [Fact]
    public void Each_is_asked_where_it_listens()
    {
        var scraped = Prometheus.Items("scrape_configs").SelectMany(job => job.Items("static_configs")).SelectMany(group => group.Items("targets")).Select(target => target.Text()).ToList();

        Assert.Contains($"collector:{Port(Collector.Text("exporters", "prometheus", "endpoint"))}", scraped);
        Assert.Equal($"tempo:{Port(Tempo.Text("distributor", "receivers", "otlp", "protocols", "grpc", "endpoint"))}", Collector.Text("exporters", "otlp/tempo", "endpoint"));
        Assert.Contains($":{Tempo.Text("server", "http_listen_port")}", Source("tempo").Text("url"), StringComparison.Ordinal);
        Assert.EndsWith($":{Port(Collector.Text("receivers", "otlp", "protocols", "grpc", "endpoint"))}", OtlpEndpoint().Match(Repository.Read("deploy/kubernetes/base/everywhere.env")).Groups[1].Value, StringComparison.Ordinal);
        Assert.All(Prometheus.Items("rule_files"), file => Assert.True(Repository.Exists($"{AlertRules.Folder}/{file.Text()}")));
    }

    /// <summary>Dashboards and rules are written for these; the translation is tested with the running services.</summary>
    [Fact]
    public void Names_get_their_units_and_jobs_stay_the_services() => Assert.Equal(
        ("true", "true"), (Collector.Text("exporters", "prometheus", "add_metric_suffixes"), Prometheus.Items("scrape_configs").Single(job => job.Text("job_name") == "collector").Text("honor_labels")));

    [Theory, MemberData(nameof(Dashboards))]
    public void A_dashboard_asks_sources_that_are_there_and_says_what_it_shows(string file)
    {
        using var dashboard = JsonDocument.Parse(Repository.Read(file));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();
        var shown = panels.Where(panel => Text(panel, "type") != "row").ToList();

        Assert.True(shown.Count > 10);
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(shown, panel => Assert.NotEmpty(Text(panel, "description")));
        Assert.All(shown.SelectMany(panel => panel.GetProperty("targets").EnumerateArray()), target => Assert.NotNull(Source(Text(target.GetProperty("datasource"), "uid"))));
        // Nothing lies on anything else.
        var places = panels.Select(panel => panel.GetProperty("gridPos")).SelectMany(place =>
            from x in Enumerable.Range(place.GetProperty("x").GetInt32(), place.GetProperty("w").GetInt32())
            from y in Enumerable.Range(place.GetProperty("y").GetInt32(), place.GetProperty("h").GetInt32())
            select (x, y)).ToList();
        Assert.Equal(places.Count, places.Distinct().Count());
        Assert.All(places, place => Assert.InRange(place.x, 0, 23));
    }

    [Fact]
    public void Dashboards_lead_to_each_other()
    {
        var all = Repository.Files($"{AlertRules.Folder}/grafana/dashboards", ".json").Select(file => JsonDocument.Parse(Repository.Read(file)).RootElement).ToDictionary(dashboard => Text(dashboard, "uid"));

        Assert.Equal(2, all.Count);
        Assert.All(all.Values.SelectMany(dashboard => dashboard.GetProperty("links").EnumerateArray()), link => Assert.Contains(Text(link, "url")["/d/".Length..], all.Keys));
        Assert.Equal("/var/lib/grafana/dashboards", Assert.Single(Read("grafana/provisioning/dashboards/dashboards.yaml").Items("providers")).Text("options", "path"));
    }

    private static YamlNode Read(string file) => Assert.Single(YamlFile.Documents($"{AlertRules.Folder}/{file}"));

    private static YamlNode Source(string uid) => Assert.Single(Read("grafana/provisioning/datasources/datasources.yaml").Items("datasources"), source => source.Text("uid") == uid);

    private static string Port(string? endpoint) => endpoint!.Split(':')[^1];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    [GeneratedRegex("Telemetry__OtlpEndpoint=(.+)")]
    private static partial Regex OtlpEndpoint();
}
