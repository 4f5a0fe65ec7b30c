using System.Text.RegularExpressions;

namespace Structure.Tests;

/// <summary>Settings and secrets of deploy/kubernetes: documented keys, each in one place, and nothing secret in an environment variable.</summary>
public sealed partial class KubernetesSettingsTests
{
    private static IEnumerable<string> SettingFiles => Repository.Files(KubernetesFiles.Folder, ".env").Where(file => !file.Contains("/secrets.example/", StringComparison.Ordinal));

    public static TheoryData<string> Services => [.. KubernetesFiles.Services];

    public static TheoryData<string> Files => [.. Repository.Files("deploy").Where(file => Path.GetExtension(file) == ".env" && !file.EndsWith("/keda.env", StringComparison.Ordinal))];

    /// <summary>Every file of settings of every way to deploy.</summary>
    [Theory, MemberData(nameof(Files))]
    public void Every_key_is_a_row_of_the_documented_settings(string file)
    {
        var keys = SecretFiles.Keys(file).Where(key => key.Contains("__", StringComparison.Ordinal)).Select(key => key.Replace("__", ":", StringComparison.Ordinal));

        Offenders.None(keys.Where(key => !DocumentedKeys.Any(documented => documented.IsMatch(key))).Select(key => $"{file}: {key} is not in docs/settings.md"));
    }

    [Theory, MemberData(nameof(Services))]
    public void Every_map_a_container_reads_is_made(string service)
    {
        foreach (var overlay in KubernetesFiles.Overlays)
        {
            var made = KubernetesFiles.Kustomization("base").Items("configMapGenerator").Concat(KubernetesFiles.Kustomization($"overlays/{overlay}").Items("configMapGenerator")).Select(map => map.Text("name")).ToList();
            var read = KubernetesFiles.Base.Named("Deployment", service).Containers().SelectMany(container => container.Items("envFrom")).Select(source => source.Text("configMapRef", "name")).ToList();

            Assert.Contains("bus", read);
            Assert.All(read, map => Assert.Contains(map, made));
        }
    }

    [Fact]
    public void No_key_is_set_twice()
    {
        foreach (var overlay in KubernetesFiles.Overlays)
        {
            var keys = SettingFiles.Where(file => !file.Contains("/overlays/", StringComparison.Ordinal) || file.Contains($"/{overlay}/", StringComparison.Ordinal)).SelectMany(SecretFiles.Keys).ToList();
            Offenders.None(keys.GroupBy(key => key).Where(same => same.Count() > 1).Select(same => $"{same.Key} in overlay {overlay}"));
        }
    }

    [Fact]
    public void Nothing_secret_is_an_environment_variable()
    {
        Offenders.None(Repository.Files(KubernetesFiles.Folder, ".yaml").Where(file => Repository.Read(file).Contains("secretKeyRef", StringComparison.Ordinal) || SecretEnvironment().IsMatch(Repository.Read(file))));
        // On RabbitMQ its address has a password in it, and is in the secrets; on Azure it is a host name.
        var secret = SecretFiles.ByService.Values.SelectMany(keys => keys).Append("Webhook__Secrets__0").Append("Odp__ApiKey").ToHashSet();
        Offenders.None(SettingFiles.Where(file => !file.Contains("/azure/", StringComparison.Ordinal)).SelectMany(file => SecretFiles.Keys(file).Where(secret.Contains), (file, key) => $"{file}: {key}"));
        Assert.DoesNotContain(SecretFiles.Keys("deploy/kubernetes/overlays/azure/bus.env"), key => key != "Bus__ConnectionString" && secret.Contains(key));
        Assert.DoesNotContain("=", Repository.Read("deploy/kubernetes/overlays/azure/bus.env").Split("Bus__ConnectionString=")[1].Split('\n')[0], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Services))]
    public void The_example_of_its_secrets_holds_the_brokers_address_and_its_databases(string service)
    {
        var keeps = Repository.Files($"services/{Repository.Services.Single(name => Repository.Spelled(name, '-') == service)}", ".sql").Any();

        Assert.Contains("Bus__ConnectionString", SecretFiles.ByService[service]);
        Assert.Equal(keeps, SecretFiles.ByService[service].Contains("Database__ConnectionString"));
        // Without one no service starts outside Development.
        Assert.Contains("Access__ApiKeyHashes__0", SecretFiles.ByService[service]);
        Assert.Contains($"create secret generic {service} --from-env-file={service}.env", Repository.Read($"deploy/kubernetes/secrets.example/{service}.env"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Services))]
    public void On_azure_the_same_secrets_come_from_the_vault(string service)
    {
        var vault = KubernetesFiles.Overlay("azure").Named("SecretProviderClass", service);
        var secrets = VaultSecret().Matches(vault.Text("spec", "parameters", "objects")!).Select(match => (Name: match.Groups[1].Value, File: match.Groups[2].Value)).ToList();

        Assert.Equal(SecretFiles.OnAzure(service), secrets.Select(secret => secret.File).Order(StringComparer.Ordinal));
        Assert.All(secrets, secret => Assert.Equal($"{service}--{secret.File.Replace("__", "--", StringComparison.Ordinal)}", secret.Name));
        // The same identity mounts the vault and talks to the broker.
        Assert.Equal(
            vault.Text("spec", "parameters", "clientID"),
            KubernetesFiles.Kustomization("overlays/azure").Items("patches").Where(patch => patch.At("target") is null).SelectMany(patch => YamlFile.Parse(patch.Text("patch")!))
                .Named("ServiceAccount", service).Text("metadata", "annotations", "azure.workload.identity/client-id"));
    }

    // A row's `Loyalty:Lookups:0:Path` stands for every number, `<source>` for every name, and a list's row for its elements.
    private static IReadOnlyList<Regex> DocumentedKeys { get; } = [.. Row().Matches(Repository.Read("docs/settings.md")).SelectMany(row => Quoted().Matches(row.Groups[1].Value))
        .Select(key => new Regex($"^{Number().Replace(Name().Replace(Regex.Escape(key.Groups[1].Value), "[^:]+"), ":[0-9]+")}(:[^:]+)?$"))];

    [GeneratedRegex(@"(?m)^\| (`[^|]+`) \|")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Name();

    [GeneratedRegex(":0(?![0-9])")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?m)^\s*- secretRef:")]
    private static partial Regex SecretEnvironment();

    [GeneratedRegex(@"objectName: (\S+)\s+objectType: secret\s+objectAlias: (\S+)")]
    private static partial Regex VaultSecret();
}
