using System.Text.RegularExpressions;

namespace Structure.Tests;

public sealed partial class DeploymentFilesTests
{
    private static readonly string Compose = Repository.Read("docker-compose.yml");
    private static readonly string Dockerfile = Repository.Read("deploy/Dockerfile");

    [Fact]
    public void Every_path_in_the_compose_file_exists()
    {
        var paths = MountedPath().Matches(Compose).Select(match => match.Groups[1].Value)
            .Concat(DeployPath().Matches(Compose).Select(match => match.Value)).Distinct().ToList();

        Assert.Contains("deploy/Dockerfile", paths);
        Assert.Contains("deploy/postgres", paths);
        Offenders.None(paths.Where(path => !Repository.Exists(path)));
    }

    [Fact]
    public void Every_service_and_both_stand_ins_have_a_container()
    {
        var standIns = Directory.GetDirectories(Path.Combine(Repository.Root, "tests"), "*StandIn").Select(Path.GetFileName).OfType<string>();

        Assert.Equal(Repository.Services.Concat(standIns).Order(StringComparer.Ordinal), BuiltService().Matches(Compose).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_service_that_keeps_something_has_a_database() =>
        Assert.Equal(
            Repository.Services.Where(service => Repository.Files($"services/{service}", ".sql").Any()).Select(service => Repository.Spelled(service, '_')).Order(StringComparer.Ordinal),
            CreatedDatabase().Matches(Repository.Read("deploy/postgres/10-databases.sql")).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Nothing_listens_beyond_this_machine()
    {
        var ports = PublishedPort().Matches(Compose).Select(match => match.Groups[1].Value).ToList();

        Assert.True(ports.Count >= 7, string.Join(", ", ports));
        Assert.All(ports, port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        Assert.Equal(ports.Count, ports.Distinct().Count());
    }

    [Fact]
    public void The_containers_run_as_nobody_in_particular_and_in_production()
    {
        Assert.Matches(@"(?m)^USER app$", Dockerfile);
        Assert.Contains("ASPNETCORE_ENVIRONMENT: Production", Compose, StringComparison.Ordinal);
        Assert.DoesNotContain("AllowAnonymous", Compose, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_path_the_image_is_made_of_exists_and_is_let_in()
    {
        var letIn = Repository.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();

        Assert.All(CopiedPaths().Matches(Dockerfile).SelectMany(match => match.Groups[1].Value.Split(' ')[..^1]), path =>
        {
            Assert.True(Repository.Exists(path), $"{path} does not exist");
            // A part that is let in is enough: tests/ as a whole stays out.
            Assert.Contains(letIn, line => line == path || path.StartsWith($"{line}/", StringComparison.Ordinal) || line.StartsWith($"{path}/", StringComparison.Ordinal));
        });
    }

    [GeneratedRegex(@"\./([\w./-]+):")]
    private static partial Regex MountedPath();

    [GeneratedRegex(@"deploy/[\w.-]+(?:/[\w.-]+)?")]
    private static partial Regex DeployPath();

    [GeneratedRegex(@"SERVICE: (\w+)")]
    private static partial Regex BuiltService();

    [GeneratedRegex(@"(?m)^CREATE DATABASE (\w+);")]
    private static partial Regex CreatedDatabase();

    [GeneratedRegex(@"ports: \[""([^""]+)""\]")]
    private static partial Regex PublishedPort();

    [GeneratedRegex(@"(?m)^COPY (?!--)(.+)$")]
    private static partial Regex CopiedPaths();
}
