using YamlDotNet.RepresentationModel;

namespace Structure.Tests;

/// <summary>What deploy/kubernetes is made of fits together, and fits the services.</summary>
public sealed class KubernetesTests
{
    public static TheoryData<string> Kustomizations => [.. KubernetesFiles.Kustomizations];

    public static TheoryData<string> Services => [.. KubernetesFiles.Services];

    public static TheoryData<string> Overlays => [.. KubernetesFiles.Overlays];

    [Fact]
    public void There_is_a_base_with_an_overlay_for_each_broker() => Assert.Equal(
        KubernetesFiles.Overlays.Select(overlay => $"overlays/{overlay}").Prepend("base").Order(StringComparer.Ordinal),
        KubernetesFiles.Kustomizations.Select(file => file[(KubernetesFiles.Folder.Length + 1)..^"/kustomization.yaml".Length]).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Kustomizations))]
    public void A_kustomization_names_files_that_exist_and_every_file_beside_it(string kustomization)
    {
        var (folder, content) = (kustomization[..^"/kustomization.yaml".Length], Assert.Single(YamlFile.Documents(kustomization)));
        var named = content.Items("resources").Concat(content.Items("configMapGenerator").SelectMany(map => map.Items("envs"))).Concat(content.Items("patches").Select(patch => patch.At("path")).OfType<YamlNode>())
            .Select(file => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, folder, file.Text()!))).Replace('\\', '/')).ToList();

        Offenders.None(named.Where(file => !Repository.Exists(file)).Select(file => $"{kustomization} names {file}, which does not exist"));
        Assert.Equal(named.Count, named.Distinct().Count());
        Offenders.None(Repository.Files(folder).Except(named).Where(file => file != kustomization).Select(file => $"{kustomization} does not name {file}"));
    }

    [Theory, MemberData(nameof(Services))]
    public void Every_service_has_what_it_needs(string service)
    {
        foreach (var kind in new[] { "Deployment", "Service", "ServiceAccount", "PodDisruptionBudget" })
            KubernetesFiles.Base.Named(kind, service);
        Assert.Contains(Ingress(service), policy => policy.Text("metadata", "name") == service);
    }

    [Fact]
    public void There_is_nothing_for_anybody_else() => Assert.All(
        new[] { "Deployment", "Service", "ServiceAccount", "PodDisruptionBudget" },
        kind => Assert.Equal(KubernetesFiles.Services.Count, KubernetesFiles.Base.OfKind(kind).Count));

    [Theory, MemberData(nameof(Services))]
    public void What_is_selected_is_labelled_so(string service)
    {
        var deployment = KubernetesFiles.Base.Named("Deployment", service);
        var labels = deployment.Entries("spec", "template", "metadata", "labels");
        IReadOnlyDictionary<string, string>[] selectors =
        [
            deployment.Entries("spec", "selector", "matchLabels"),
            KubernetesFiles.Base.Named("Service", service).Entries("spec", "selector"),
            KubernetesFiles.Base.Named("PodDisruptionBudget", service).Entries("spec", "selector", "matchLabels"),
            .. deployment.Items("spec", "template", "spec", "topologySpreadConstraints").Select(spread => spread.Entries("labelSelector", "matchLabels")),
        ];

        Assert.Equal(5, selectors.Length);
        Assert.All(selectors, selector => Assert.Equal(new Dictionary<string, string> { ["app.kubernetes.io/name"] = service }, selector));
        Assert.All(selectors, selector => Assert.Subset(labels.ToHashSet(), selector.ToHashSet()));
        Assert.Equal(service, deployment.Text("spec", "template", "spec", "serviceAccountName"));
    }

    [Fact]
    public void Whoever_a_policy_speaks_of_exists()
    {
        var names = KubernetesFiles.Base.Concat(KubernetesFiles.Overlays.SelectMany(KubernetesFiles.Overlay)).OfKind("NetworkPolicy").SelectMany(policy => policy.Everything())
            .SelectMany(node => node.Text("app.kubernetes.io/name") is { } name ? [name]
                : node.Text("key") == "app.kubernetes.io/name" ? node.Items("values").Select(value => value.Text()!) : []).ToList();

        Assert.True(names.Count >= 10, string.Join(", ", names));
        Offenders.None(names.Except(KubernetesFiles.Services));
    }

    [Fact]
    public void Nobody_talks_to_anybody_unless_it_is_allowed()
    {
        var deny = KubernetesFiles.Base.Named("NetworkPolicy", "default-deny");

        Assert.Empty(deny.Entries("spec", "podSelector"));
        Assert.Equal(["Ingress", "Egress"], deny.Items("spec", "policyTypes").Select(type => type.Text()));
        Assert.Null(deny.At("spec", "ingress"));
        Assert.Null(deny.At("spec", "egress"));
        Assert.Equal(
            Repository.Services.Where(service => Repository.Files($"services/{service}", ".sql").Any()).Select(service => Repository.Spelled(service, '-')).Order(StringComparer.Ordinal),
            Selected(KubernetesFiles.Base.Named("NetworkPolicy", "database")).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void An_overlay_says_which_image_of_each_service_runs(string overlay)
    {
        var images = KubernetesFiles.Kustomization($"overlays/{overlay}").Items("images");

        Assert.Equal(KubernetesFiles.Services.Select(service => $"in-store-orders/{service}").Order(StringComparer.Ordinal), images.Select(image => image.Text("name")).Order(StringComparer.Ordinal));
        Assert.All(images, image => Assert.EndsWith($"/{image.Text("name")}", image.Text("newName")!, StringComparison.Ordinal));
        Assert.All(images, image => Assert.NotNull(image.Text("newTag")));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Instances_follow_the_queues(string overlay)
    {
        ServiceScaling.Check(KubernetesFiles.Scaling(overlay));
        Assert.All(KubernetesFiles.Overlay(overlay).OfKind("ScaledObject"), scaled =>
        {
            var least = int.Parse(scaled.Text("spec", "minReplicaCount")!, System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(least, 1, int.Parse(scaled.Text("spec", "maxReplicaCount")!, System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal($"{least}", scaled.Text("spec", "fallback", "replicas"));
            Assert.All(scaled.Items("spec", "triggers").Where(trigger => trigger.Text("type") != "cpu"), trigger =>
            {
                Assert.Equal(overlay == "azure" ? "azure-servicebus" : "rabbitmq", trigger.Text("type"));
                KubernetesFiles.Overlay(overlay).Named("TriggerAuthentication", trigger.Text("authenticationRef", "name")!);
            });
        });
        // A number in the Deployment would overrule KEDA with each apply.
        Assert.All(KubernetesFiles.Base.OfKind("Deployment"), deployment => Assert.Null(deployment.At("spec", "replicas")));
    }

    [Fact]
    public void Both_brokers_scale_alike() => Assert.Equal(KubernetesFiles.Scaling("rabbitmq").Select(scaling => $"{scaling}"), KubernetesFiles.Scaling("azure").Select(scaling => $"{scaling}"));

    private static IEnumerable<YamlNode> Ingress(string service) =>
        KubernetesFiles.Base.OfKind("NetworkPolicy").Where(policy => policy.Items("spec", "policyTypes").Any(type => type.Text() == "Ingress") && Selected(policy).Contains(service));

    private static IEnumerable<string> Selected(YamlNode policy) => policy.Text("spec", "podSelector", "matchLabels", "app.kubernetes.io/name") is { } one
        ? [one]
        : policy.Items("spec", "podSelector", "matchExpressions").SelectMany(expression => expression.Items("values")).Select(value => value.Text()!);
}
