using System.Text.RegularExpressions;

namespace Structure.Tests;

/// <summary>
/// What can be told of deploy/azure where there is no Bicep compiler: that its files fit each other, the topology, the services and the other ways to deploy. It is no proof that they compile.
/// </summary>
public sealed partial class BicepTests
{
    private const string Folder = "deploy/azure";

    private static readonly BicepFile Main = BicepFile.Read($"{Folder}/main.bicep");

    public static TheoryData<string> Files => [.. Repository.Files(Folder)];

    public static TheoryData<string> ParameterFiles => [.. Repository.Files(Folder, ".bicepparam")];

    [Theory, MemberData(nameof(Files))]
    public void Whatever_is_opened_is_closed(string file) => Assert.Null(BicepFile.Read(file).Unbalanced());

    [Theory]
    [InlineData("a {", "{ of line 1 is not closed")]
    [InlineData("a: ['b'\n}", "} in line 2 closes nothing")]
    [InlineData("a: 'b\nc", "a text does not end in line 1")]
    public void What_is_not_closed_is_found(string code, string says)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.bicep");
        File.WriteAllText(file, code);
        Assert.EndsWith(says, BicepFile.Read(file).Unbalanced(), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public void Every_module_exists_is_used_and_gets_exactly_its_parameters()
    {
        Assert.Equal(Repository.Files($"{Folder}/modules", ".bicep"), Main.Modules.Select(module => $"{Folder}/{module.Path}").Order(StringComparer.Ordinal));
        Assert.All(Main.Modules, module =>
        {
            var declared = BicepFile.Read($"{Folder}/{module.Path}").Parameters;
            Offenders.None(module.Parameters.Where(given => !declared.ContainsKey(given)).Select(given => $"{module.Path} has no parameter {given}"));
            Offenders.None(declared.Where(parameter => !parameter.Value && !module.Parameters.Contains(parameter.Key)).Select(parameter => $"{module.Path} is not given {parameter.Key}"));
        });
    }

    [Fact]
    public void Every_output_that_is_read_exists_and_every_parameter_is_used()
    {
        var outputs = Main.Modules.ToDictionary(module => module.Name, module => BicepFile.Read($"{Folder}/{module.Path}").Outputs);
        var read = ReadOutput().Matches(Main.Code).Select(match => (Module: match.Groups[1].Value, Output: match.Groups[2].Value)).ToList();

        Assert.True(read.Count > 8, "the pattern for outputs finds nothing any more");
        Offenders.None(read.Where(one => !outputs[one.Module].Contains(one.Output)).Select(one => $"{one.Module} has no output {one.Output}"));
        Offenders.None(Repository.Files(Folder, ".bicep").Select(BicepFile.Read).SelectMany(
            file => file.Parameters.Keys.Where(name => Regex.Count(file.Code, $@"\b{name}\b") < 2), (file, name) => $"{file.Path}: {name} is never used"));
    }

    [Theory, MemberData(nameof(ParameterFiles))]
    public void A_file_of_parameters_gives_what_is_declared_and_nothing_else(string file)
    {
        var parameters = BicepFile.Read(file);

        Assert.Contains("using 'main.bicep'", parameters.Code, StringComparison.Ordinal);
        Offenders.None(parameters.Given.Except(Main.Parameters.Keys).Select(name => $"{file} gives {name}, which is not declared"));
        Offenders.None(Main.Parameters.Where(parameter => !parameter.Value).Select(parameter => parameter.Key).Except(parameters.Given).Select(name => $"{file} does not give {name}"));
        Assert.All(SettingKey().Matches(parameters.Code), match => Assert.True(ConfigurationKeyTests.IsKnown(match.Value.Replace("__", ":", StringComparison.Ordinal)), match.Value));
        Assert.DoesNotMatch(@"(?i)(password|secret|key)\w* = '[^']", parameters.Code);
    }

    [Fact]
    public void Both_environments_have_their_parameters() =>
        Assert.Equal(["dev.bicepparam", "prod.bicepparam"], Repository.Files(Folder, ".bicepparam").Select(file => Path.GetFileName(file)));

    [Fact]
    public void The_topology_is_read_from_its_only_copy_by_names_that_it_has()
    {
        Assert.Equal(["../topology.json"], LoadedJson().Matches(string.Concat(Repository.Files(Folder, ".bicep").Select(file => BicepFile.Read(file).Code))).Select(match => match.Groups[1].Value));
        Assert.True(Repository.Exists($"{Folder}/../topology.json"));
        // The topic of a subscription is of its own making; the other is the name of the file.
        var read = TopologyProperty().Matches(BicepFile.Read($"{Folder}/modules/service-bus.bicep").Code)
            .Where(match => match.Value is not ("subscription.topic" or "topology.json")).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.Superset(new HashSet<string> { "topics", "subscriptions", "commands", "inbound", "queue", "required", "name", "duplicateDetectionWindow" }, read);
        // A window of duplicate detection is optional.
        Offenders.None(read.Except(Topology.Properties).Except(["duplicateDetectionWindow"]));
        // Service Bus takes 50 characters for the name of a subscription.
        Assert.All(Topology.Queues, queue => Assert.InRange(queue.Length, 1, 50));
        Assert.DoesNotContain(Topology.Queues.Concat(Topology.Inbound.Keys), queue => BicepFile.Read($"{Folder}/modules/service-bus.bicep").Code.Contains($"'{queue}'", StringComparison.Ordinal));
    }

    [Fact]
    public void It_runs_the_same_services_as_kubernetes_scaled_alike()
    {
        var scaling = Services().Select(service => new ServiceScaling(
            service.Name, QueueAndMessages().Matches(service.Body).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value), int.Parse(MaxReplicas().Match(service.Body).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)))
            .ToList();

        ServiceScaling.Check(scaling);
        Assert.Equal(KubernetesFiles.Scaling("azure").Select(other => $"{other}").Order(StringComparer.Ordinal), scaling.Select(own => $"{own}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_service_gets_the_secrets_it_gets_elsewhere_and_a_schema_where_it_keeps_something() => Assert.All(Services(), service =>
    {
        var keeps = Repository.Files($"services/{Repository.Services.Single(name => Repository.Spelled(name, '-') == service.Name)}", ".sql").Any();

        Assert.Equal(SecretFiles.OnAzure(service.Name), SecretKey().Matches(service.Body).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.Contains($"migrates: {(keeps ? "true" : "false")}", service.Body, StringComparison.Ordinal);
        Assert.Equal(keeps, Main.Code.Split("databaseNames: ")[1].Split('\n')[0].Contains($"'{service.Name.Replace('-', '_')}'", StringComparison.Ordinal));
    });

    [Fact]
    public void A_container_is_asked_and_ended_as_elsewhere()
    {
        var app = BicepFile.Read($"{Folder}/modules/service.bicep").Code;

        Assert.Equal(["/health/live", "/health/live", "/health/ready"], HealthPath().Matches(app).Select(match => match.Groups[1].Value));
        Assert.Contains("'/app/service', 'migrate'", app, StringComparison.Ordinal);
        Assert.Contains("mountPath: '/run/secrets'", app, StringComparison.Ordinal);
        Assert.Contains($"terminationGracePeriodSeconds: {KubernetesFiles.Base.OfKind("Deployment")[0].Text("spec", "template", "spec", "terminationGracePeriodSeconds")}", app, StringComparison.Ordinal);
        Assert.DoesNotContain("secretRef: setting", app, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_type_has_one_version()
    {
        var types = Repository.Files(Folder, ".bicep").SelectMany(file => ResourceType().Matches(BicepFile.Read(file).Code)).Select(match => (Provider: match.Groups[1].Value, Version: match.Groups[2].Value)).Distinct().ToList();

        Assert.InRange(types.Count, 10, 40);
        Offenders.None(types.GroupBy(type => type.Provider).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same.Select(type => type.Version))}"));
    }

    private static IReadOnlyList<(string Name, string Body)> Services() =>
        [.. ServiceBlock().Matches(Main.Code).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    [GeneratedRegex(@"\b(\w+)\.outputs\.(\w+)")]
    private static partial Regex ReadOutput();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+(?:__(?:[A-Za-z0-9]|(?<=[a-z])-(?=[a-z]))+)+\b")]
    private static partial Regex SettingKey();

    [GeneratedRegex(@"loadJsonContent\('([^']+)'\)")]
    private static partial Regex LoadedJson();

    [GeneratedRegex(@"\b(?:topology|topic|subscription|command|inbound|declared)\.\??(\w+)|(?<=contains\(declared, ')(?<1>\w+)")]
    private static partial Regex TopologyProperty();

    [GeneratedRegex(@"(?m)^  \{\n    name: '([\w-]+)'\n((?:    .*\n)+)  \}")]
    private static partial Regex ServiceBlock();

    [GeneratedRegex(@"'([a-z-]+)': '(\d+)'")]
    private static partial Regex QueueAndMessages();

    [GeneratedRegex(@"maxReplicas: (\d+)")]
    private static partial Regex MaxReplicas();

    [GeneratedRegex(@"'(\w+__\w+)'")]
    private static partial Regex SecretKey();

    [GeneratedRegex(@"path: '(/health/\w+)'")]
    private static partial Regex HealthPath();

    [GeneratedRegex(@"'(Microsoft\.[\w./]+)@([\w-]+)'")]
    private static partial Regex ResourceType();
}
