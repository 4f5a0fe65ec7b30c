using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Structure.Tests;

/// <summary>How the services' pods run: with as few rights as they need, watched, and ended in peace.</summary>
public sealed partial class KubernetesPodTests
{
    public static TheoryData<string> Services => [.. KubernetesFiles.Services];

    [Theory, MemberData(nameof(Services))]
    public void It_runs_its_own_image(string service)
    {
        var containers = Deployment(service).Containers();

        Assert.All(containers, container => Assert.Equal($"in-store-orders/{service}", container.Text("image")));
        Assert.Contains($"image: in-store-orders/{service}", Repository.Read("docker-compose.yml"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Services))]
    public void Its_schema_is_applied_first_where_it_keeps_something(string service)
    {
        var keeps = Repository.Files($"services/{Repository.Services.Single(name => Repository.Spelled(name, '-') == service)}", ".sql").Any();
        var migrations = Deployment(service).Items("spec", "template", "spec", "initContainers");

        Assert.Equal(keeps ? 1 : 0, migrations.Count);
        Assert.All(migrations, migration => Assert.Equal(["/app/service", "migrate"], migration.Items("command").Select(word => word.Text())));
        Assert.All(migrations, migration => Assert.Equal(Settings(Deployment(service).Items("spec", "template", "spec", "containers")[0]), Settings(migration)));
        Assert.Equal(keeps, Settings(Deployment(service).Items("spec", "template", "spec", "containers")[0]).Contains("database"));
        Assert.Equal(["Database__MigrateAtStart"], SecretFiles.Keys("deploy/kubernetes/base/database.env"));
    }

    [Theory, MemberData(nameof(Services))]
    public void It_has_no_rights_it_does_not_need(string service)
    {
        var pod = Deployment(service).At("spec", "template", "spec");

        Assert.Equal("false", pod.Text("automountServiceAccountToken"));
        Assert.Equal(("true", "1654", "RuntimeDefault"), (pod.Text("securityContext", "runAsNonRoot"), pod.Text("securityContext", "runAsUser"), pod.Text("securityContext", "seccompProfile", "type")));
        Assert.All(Deployment(service).Containers(), container =>
        {
            Assert.Equal(("false", "true"), (container.Text("securityContext", "allowPrivilegeEscalation"), container.Text("securityContext", "readOnlyRootFilesystem")));
            Assert.Equal(["ALL"], container.Items("securityContext", "capabilities", "drop").Select(dropped => dropped.Text()));
            Assert.NotNull(container.Text("resources", "requests", "cpu"));
            Assert.NotNull(container.Text("resources", "requests", "memory"));
            Assert.NotNull(container.Text("resources", "limits", "memory"));
        });
    }

    [Theory, MemberData(nameof(Services))]
    public void It_writes_to_tmp_alone_and_reads_its_secrets_as_files(string service)
    {
        var volumes = Deployment(service).Items("spec", "template", "spec", "volumes");

        // In this order: overlays/azure replaces the second.
        Assert.Equal(["tmp", "secrets"], volumes.Select(volume => volume.Text("name")));
        Assert.NotNull(volumes[0].Text("emptyDir", "sizeLimit"));
        Assert.Equal(service, volumes[1].Text("secret", "secretName"));
        Assert.All(Deployment(service).Containers(), container => Assert.Equal(
            [("tmp", "/tmp", null), ("secrets", "/run/secrets", "true")],
            container.Items("volumeMounts").Select(mount => (mount.Text("name"), mount.Text("mountPath"), mount.Text("readOnly")))));
    }

    [Theory, MemberData(nameof(Services))]
    public void It_is_watched_by_its_own_routes(string service)
    {
        var container = Assert.Single(Deployment(service).Items("spec", "template", "spec", "containers"));

        Assert.Equal(
            ("/health/live", "/health/live", "/health/ready"),
            (container.Text("startupProbe", "httpGet", "path"), container.Text("livenessProbe", "httpGet", "path"), container.Text("readinessProbe", "httpGet", "path")));
        Assert.All(new[] { "/health/live", "/health/ready" }, route =>
            Assert.Contains($"\"{route}\"", Repository.Read("services/ServiceDefaults/ReportingHealth/HealthEndpoints.cs"), StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Services))]
    public void Its_port_is_the_images_everywhere(string service)
    {
        var image = Exposed().Match(Repository.Read("deploy/Dockerfile")).Groups[1].Value;
        var container = Assert.Single(Deployment(service).Items("spec", "template", "spec", "containers"));

        Assert.NotEqual("", image);
        Assert.Equal([("http", image)], container.Items("ports").Select(port => (port.Text("name"), port.Text("containerPort"))));
        Assert.Equal([(image, "http")], KubernetesFiles.Base.Named("Service", service).Items("spec", "ports").Select(port => (port.Text("port"), port.Text("targetPort"))));
        Assert.All(new[] { "startupProbe", "livenessProbe", "readinessProbe" }, probe => Assert.Equal("http", container.Text(probe, "httpGet", "port")));
        Assert.All(
            KubernetesFiles.Base.OfKind("NetworkPolicy").SelectMany(policy => policy.Items("spec", "ingress")).SelectMany(rule => rule.Items("ports")),
            port => Assert.Equal(image, port.Text("port")));
        Assert.All(
            KubernetesFiles.Base.OfKind("NetworkPolicy").SelectMany(policy => policy.Items("spec", "egress")).Where(rule => rule.Items("to").Any(IsAService)).SelectMany(rule => rule.Items("ports")),
            port => Assert.Equal(image, port.Text("port")));
    }

    [Theory, MemberData(nameof(Services))]
    public void It_is_given_the_time_it_takes_to_end(string service)
    {
        var shutdown = Shutdown().Match(Repository.Read("services/ServiceDefaults/ServiceHost.cs")).Groups[1].Value;
        var pod = Deployment(service).At("spec", "template", "spec");

        Assert.True(
            Number(pod.Text("terminationGracePeriodSeconds")) > Number(shutdown) + Number(pod.Text("containers", "0", "lifecycle", "preStop", "sleep", "seconds")),
            $"the service takes {shutdown} s and is given {pod.Text("terminationGracePeriodSeconds")} s");
    }

    [Fact]
    public void On_azure_both_containers_find_their_secrets_where_the_key_says()
    {
        var mounted = KubernetesFiles.Kustomization("overlays/azure").Items("patches").Select(patch => patch.Text("patch") ?? "").Where(patch => patch.Contains("mountPath", StringComparison.Ordinal)).ToList();
        var directory = MountedAt().Match(Repository.Read("deploy/kubernetes/overlays/azure/bus.env")).Groups[1].Value;

        Assert.Equal(2, mounted.Count);
        Assert.All(mounted, patch => Assert.Contains($"mountPath\n  value: {directory}", patch, StringComparison.Ordinal));
        Assert.All(KubernetesFiles.Services, service => Assert.Contains(
            KubernetesFiles.Kustomization("overlays/azure").Items("patches"),
            patch => patch.Text("target", "name") == service && patch.Text("patch")!.Contains($"secretProviderClass: {service} ", StringComparison.Ordinal)));
    }

    private static YamlNode Deployment(string service) => KubernetesFiles.Base.Named("Deployment", service);

    private static bool IsAService(YamlNode peer) => KubernetesFiles.Services.Contains(peer.Text("podSelector", "matchLabels", "app.kubernetes.io/name"));

    private static IReadOnlyList<string?> Settings(YamlNode container) => [.. container.Items("envFrom").Select(source => source.Text("configMapRef", "name"))];

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?m)^EXPOSE (\d+)")]
    private static partial Regex Exposed();

    [GeneratedRegex(@"ShutdownTimeout = TimeSpan\.FromSeconds\((\d+)\)")]
    private static partial Regex Shutdown();

    [GeneratedRegex("(?m)^Secrets__Directory=(.+)$")]
    private static partial Regex MountedAt();
}
