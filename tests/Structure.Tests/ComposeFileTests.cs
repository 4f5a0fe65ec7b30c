using System.Text.RegularExpressions;

namespace Structure.Tests;

/// <summary>What holds for every container of docker-compose.yml, whoever adds one.</summary>
public sealed partial class ComposeFileTests
{
    // Its image holds one program, which cannot be asked from inside.
    private static readonly string[] WithoutHealth = ["collector"];

    public static TheoryData<string> Containers => [.. ComposeFile.Containers.Select(container => container.Name)];

    public static TheoryData<string> ContainersOfOurs => [.. ComposeFile.Containers.Where(container => !container.IsOfTheEmulator).Select(container => container.Name)];

    [Theory, MemberData(nameof(Containers))]
    public void Every_container_has_limits_and_comes_back(string name)
    {
        var container = Named(name);
        var limits = ComposeFile.Map(ComposeFile.Map(ComposeFile.Map(container["deploy"]).GetValueOrDefault("resources")).GetValueOrDefault("limits"));

        Assert.Equal(["cpus", "memory", "pids"], limits.Keys.Cast<string>().Order(StringComparer.Ordinal));
        Assert.Equal("unless-stopped", container["restart"]);
        Assert.NotEmpty(container.Texts("profiles"));
        Assert.NotEmpty(container.Texts("networks"));
        Assert.Contains("no-new-privileges:true", container.Texts("security_opt"));
    }

    [Theory, MemberData(nameof(ContainersOfOurs))]
    public void No_container_can_change_its_files_or_is_root(string name)
    {
        var container = Named(name);

        Assert.Equal("true", container["read_only"]);
        Assert.Equal(["ALL"], container.Texts("cap_drop"));
        Assert.False(container.Has("privileged") || container.Has("cap_add"), "more rights than needed");
        if (container.IsBuilt)
        {
            Assert.False(container.Has("user"), "the image says who");
            Assert.Matches(@"(?m)^USER 1654$", Repository.Read("deploy/Dockerfile"));
        }
        else
            Assert.Matches(@"^[1-9]\d*:\d+$", (string?)container["user"]);
    }

    [Theory, MemberData(nameof(ContainersOfOurs))]
    public void Every_container_knows_its_health(string name)
    {
        var container = Named(name);
        if (WithoutHealth.Contains(name))
            return;
        if (container.IsBuilt)
            Assert.Matches(@"(?m)^HEALTHCHECK .* CMD \[""/app/service"", ""health""\]$", Repository.Read("deploy/Dockerfile"));
        else
            Assert.NotEmpty(ComposeFile.List(ComposeFile.Map(container["healthcheck"])["test"]));
    }

    [Theory, MemberData(nameof(ContainersOfOurs))]
    public void It_starts_when_those_it_needs_are_healthy(string name) =>
        Offenders.None(ComposeFile.Map(Named(name)["depends_on"])
            .Where(needed => !((string)needed.Key).StartsWith("servicebus-", StringComparison.Ordinal) && (string)ComposeFile.Map(needed.Value)["condition"] != "service_healthy")
            .Select(needed => $"{name} does not wait for the health of {needed.Key}"));

    [Fact]
    public void Nothing_listens_beyond_this_machine()
    {
        var ports = ComposeFile.Containers.SelectMany(container => container.Texts("ports")).ToList();

        Assert.True(ports.Count >= 10, string.Join(", ", ports));
        Assert.All(ports, port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        Assert.Equal(ports.Count, ports.Distinct().Count());
        Assert.DoesNotContain(ComposeFile.Containers, container => container.Has("network_mode"));
    }

    [Fact]
    public void Every_image_is_of_a_version_that_stays() =>
        Offenders.None(ComposeFile.Containers.Where(container => !container.IsBuilt && !Version().IsMatch((string)container["image"]!)).Select(container => $"{container.Name}: {container["image"]}"));

    [Fact]
    public void Every_file_that_is_mounted_exists() =>
        Offenders.None(ComposeFile.Containers.SelectMany(container => container.Texts("volumes"), (container, volume) => (container.Name, Path: volume.Split(':')[0]))
            .Where(mount => mount.Path.StartsWith("./", StringComparison.Ordinal) && !Repository.Exists(mount.Path[2..])).Select(mount => $"{mount.Name}: {mount.Path}"));

    [Fact]
    public void Stand_ins_reach_neither_broker_nor_databases()
    {
        var inside = new[] { "rabbitmq", "postgres" }.SelectMany(name => Named(name).Texts("networks")).ToHashSet();
        var standIns = ComposeFile.Containers.Where(container => container.Name.EndsWith("-stand-in", StringComparison.Ordinal)).ToList();

        Assert.Equal(3, standIns.Count);
        Offenders.None(standIns.Where(standIn => standIn.Texts("networks").Any(inside.Contains)).Select(standIn => standIn.Name));
    }

    [Fact]
    public void Profiles_start_what_their_names_say()
    {
        Assert.Equal(["postgres", "rabbitmq"], Of("infrastructure"));
        Assert.Equal(ComposeFile.Containers.Where(container => container.IsBuilt).Select(container => container.Name).Concat(["postgres", "rabbitmq"]).Order(StringComparer.Ordinal), Of("system"));
        Assert.Equal(Of("system").Concat(["collector", "grafana", "prometheus", "tempo"]).Order(StringComparer.Ordinal), Of("observability"));
        Assert.Equal(Of("system").Except(["rabbitmq"]).Concat(["servicebus-emulator", "servicebus-sql"]).Order(StringComparer.Ordinal), Of("azure-emulator"));
        Assert.Contains("\nCOMPOSE_PROFILES=system\n", Repository.Read(".env"), StringComparison.Ordinal);

        static IEnumerable<string> Of(string profile) =>
            ComposeFile.Containers.Where(container => container.Texts("profiles").Contains(profile)).Select(container => container.Name).Order(StringComparer.Ordinal);
    }

    private static Container Named(string name) => ComposeFile.Containers.Single(container => container.Name == name);

    [GeneratedRegex(@":v?(\d+\.\d+|2022-CU\d+)")]
    private static partial Regex Version();
}
