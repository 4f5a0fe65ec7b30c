using YamlDotNet.RepresentationModel;

namespace Structure.Tests;

/// <summary>What lies in deploy/kubernetes.</summary>
internal static class KubernetesFiles
{
    public const string Folder = "deploy/kubernetes";

    public static readonly string[] Overlays = ["rabbitmq", "azure"];

    /// <summary>Services as their images spell them.</summary>
    public static IReadOnlyList<string> Services { get; } = [.. Repository.Services.Select(service => Repository.Spelled(service, '-'))];

    public static IReadOnlyList<string> Kustomizations { get; } = [.. Repository.Files(Folder, "/kustomization.yaml")];

    /// <summary>Everything the base says, kustomization aside.</summary>
    public static IReadOnlyList<YamlNode> Base { get; } = Resources("base");

    /// <summary>Everything an overlay adds.</summary>
    public static IReadOnlyList<YamlNode> Overlay(string overlay) => Resources($"overlays/{overlay}");

    public static IReadOnlyList<YamlNode> OfKind(this IEnumerable<YamlNode> resources, string kind) => [.. resources.Where(resource => resource.Text("kind") == kind)];

    public static YamlNode Named(this IEnumerable<YamlNode> resources, string kind, string name) =>
        Assert.Single(resources.OfKind(kind), resource => resource.Text("metadata", "name") == name);

    public static YamlNode Kustomization(string folder) => Assert.Single(YamlFile.Documents($"{Folder}/{folder}/kustomization.yaml"));

    public static IReadOnlyList<YamlNode> Containers(this YamlNode deployment) =>
        [.. deployment.Items("spec", "template", "spec", "initContainers"), .. deployment.Items("spec", "template", "spec", "containers")];

    /// <summary>By which queues KEDA scales in an overlay.</summary>
    public static IReadOnlyCollection<ServiceScaling> Scaling(string overlay) => [.. Overlay(overlay).OfKind("ScaledObject").Select(scaled => new ServiceScaling(
        scaled.Text("spec", "scaleTargetRef", "name")!,
        scaled.Items("spec", "triggers").Where(trigger => trigger.Text("type") != "cpu")
            .ToDictionary(trigger => trigger.Text("metadata", "queueName")!, trigger => trigger.Text("metadata", "value") ?? trigger.Text("metadata", "messageCount")!),
        int.Parse(scaled.Text("spec", "maxReplicaCount")!, System.Globalization.CultureInfo.InvariantCulture)))];

    private static IReadOnlyList<YamlNode> Resources(string folder) =>
        [.. Repository.Files($"{Folder}/{folder}", ".yaml").Where(file => !file.EndsWith("/kustomization.yaml", StringComparison.Ordinal)).SelectMany(YamlFile.Documents)];
}
