using System.Text.Json;
using System.Text.RegularExpressions;

namespace Structure.Tests;

/// <summary>Images: what they are made of, and that nobody is forgotten.</summary>
public sealed partial class DeploymentFilesTests
{
    private static readonly string Dockerfile = Repository.Read("deploy/Dockerfile");

    private static IReadOnlyList<string> StandIns { get; } =
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "tests"), "*StandIn").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    // Whose packages go into images.
    public static TheoryData<string> LockedProjects =>
        ["contracts/Contracts", "services/ServiceDefaults/ServiceDefaults", .. Repository.Services.Select(service => $"services/{service}/{service}"), .. StandIns.Select(standIn => $"tests/{standIn}/{standIn}")];

    [Fact]
    public void Every_service_and_every_stand_in_has_an_image_and_a_container()
    {
        var all = Repository.Services.Concat(StandIns).Order(StringComparer.Ordinal).ToList();
        var bake = Repository.Read("deploy/docker-bake.hcl");

        Assert.Equal(all, ComposeFile.Containers.Where(container => container.IsBuilt).Select(container => container.Program).Order(StringComparer.Ordinal));
        Assert.Equal(all, Baked().Matches(bake).SelectMany(match => match.Groups[1].Value.Split(", ")).Select(name => name.Trim('"')).Order(StringComparer.Ordinal));
        Assert.All(all, program => Assert.Matches($@"(services|tests)/{program}\b.*(\\|; do)", Dockerfile));
    }

    [Fact]
    public void Every_path_the_image_is_made_of_exists_and_is_let_in()
    {
        var letIn = Repository.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        var paths = CopiedPaths().Matches(Dockerfile).SelectMany(match => match.Groups[1].Value.Split(' ')[..^1]).ToList();

        Assert.True(paths.Count > 20, "COPY is not found any more");
        Assert.All(paths, path =>
        {
            var whole = path.Contains('*', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : path;
            Assert.True(Repository.Exists(whole), $"{whole} does not exist");
            // A part that is let in is enough: tests/ as a whole stays out.
            Assert.Contains(letIn, line => line == whole || whole.StartsWith($"{line}/", StringComparison.Ordinal) || line.StartsWith($"{whole}/", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void The_image_is_restored_from_lock_files_and_runs_as_nobody_in_particular()
    {
        Assert.Contains("locked=--locked-mode;", Dockerfile, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^USER 1654$", Dockerfile);
        Assert.DoesNotContain(ComposeFile.Containers, container => container.Environment.ContainsKey("Access__AllowAnonymous"));
        Assert.All(ComposeFile.Containers.Where(container => container.IsBuilt && Repository.Services.Contains(container.Program)),
            container => Assert.Equal("Production", container.Environment["ASPNETCORE_ENVIRONMENT"]));
    }

    /// <summary>A package that was raised and not restored since would end the build of the images, not ours.</summary>
    [Theory, MemberData(nameof(LockedProjects))]
    public void A_lock_file_says_what_the_project_says(string project)
    {
        using var file = JsonDocument.Parse(Repository.Read($"{project[..project.LastIndexOf('/')]}/packages.lock.json"));
        var targets = file.RootElement.GetProperty("dependencies");
        var direct = targets.GetProperty("net10.0").EnumerateObject().Where(package => package.Value.GetProperty("type").GetString() == "Direct")
            .ToDictionary(package => package.Name, package => package.Value.GetProperty("resolved").GetString()!);
        var versions = PackageVersion().Matches(Repository.Read("Directory.Packages.props")).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        var wanted = PackageReference().Matches(Repository.Read($"{project}.csproj")).Select(match => match.Groups[1].Value).Append("Microsoft.CodeAnalysis.BannedApiAnalyzers");

        Assert.Equal(["net10.0", "net10.0/linux-arm64", "net10.0/linux-x64"], targets.EnumerateObject().Select(target => target.Name).Order(StringComparer.Ordinal));
        Assert.Equal(wanted.Order(StringComparer.Ordinal).Select(name => $"{name} {versions[name]}"), direct.OrderBy(package => package.Key, StringComparer.Ordinal).Select(package => $"{package.Key} {package.Value}"));
    }

    [GeneratedRegex(@"(?m)^variable ""(?:SERVICES|STAND_INS)"" \{ default = \[(.+)\] \}$")]
    private static partial Regex Baked();

    [GeneratedRegex(@"(?m)^COPY (?!--)(.+)$")]
    private static partial Regex CopiedPaths();

    [GeneratedRegex(@"<PackageVersion Include=""([^""]+)"" Version=""\[?([^""\]]+)\]?""")]
    private static partial Regex PackageVersion();

    [GeneratedRegex(@"<PackageReference Include=""([^""]+)""")]
    private static partial Regex PackageReference();
}
