using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Structure.Tests;

/// <summary>What docker-compose.yml sets: documented keys, and no secret where everybody can read it.</summary>
public sealed partial class ComposeSettingsTests
{
    [Fact]
    public void No_secret_stands_in_an_environment()
    {
        var set = ComposeFile.Containers.SelectMany(container => container.Environment, (container, pair) => (container.Name, pair.Key, pair.Value)).Concat(InFiles()).ToList();

        Assert.True(set.Count > 20, "nothing is set any more");
        Offenders.None(set.Where(one => SecretKey().IsMatch(one.Key) || SecretValue().IsMatch(one.Value)).Select(one => $"{one.Name}: {one.Key}"));
    }

    [Fact]
    public void Every_key_of_a_service_is_a_documented_one()
    {
        var documented = Documented().Matches(Repository.Read("docs/settings.md")).Select(match => match.Groups[1].Value).Distinct()
            .Select(key => new Regex($"^{Placeholder().Replace(key, "[^:]+")}(:.+)?$")).ToList();
        var keys = ComposeFile.Containers.Where(container => container.IsBuilt && Repository.Services.Contains(container.Program))
            .SelectMany(container => container.Environment.Keys.Concat(container.Secrets.Select(secret => secret.Target)), (container, key) => (container.Name, Key: key.Replace("__", ":", StringComparison.Ordinal)))
            .Concat(InFiles().Select(set => (set.Name, Key: set.Key.Replace("__", ":", StringComparison.Ordinal))))
            .Where(used => used.Key.Contains(':', StringComparison.Ordinal)).ToList();

        Assert.True(keys.Count > 30, "no keys are found any more");
        Offenders.None(keys.Where(used => !documented.Any(key => key.IsMatch(used.Key))).Select(used => $"{used.Name}: {used.Key}"));
    }

    [Fact]
    public void Every_service_that_keeps_something_has_a_database_and_a_role_of_its_own()
    {
        var keeping = Repository.Services.Where(service => Repository.Files($"services/{service}", ".sql").Any()).Select(service => Repository.Spelled(service, '_')).Order(StringComparer.Ordinal).ToList();
        var script = Repository.Read("deploy/postgres/10-databases.sql");
        var handedOut = ComposeFile.Containers.SelectMany(container => container.Secrets, (container, secret) => (container, secret)).Where(pair => pair.secret.Target == "Database__ConnectionString").ToList();

        Assert.Equal(keeping, OwnedDatabase().Matches(script).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.All(keeping, service => Assert.Contains($"CREATE ROLE {service} LOGIN PASSWORD :'{service}_password';", script, StringComparison.Ordinal));
        Assert.Equal(keeping, handedOut.Select(pair => Repository.Spelled(pair.container.Program, '_')).Order(StringComparer.Ordinal));
        Assert.All(handedOut, pair => Assert.Equal($"{Repository.Spelled(pair.container.Program, '_')}_database", pair.secret.Source));
    }

    [Fact]
    public void Every_secret_that_is_handed_out_is_declared() =>
        Offenders.None(ComposeFile.Containers.SelectMany(container => container.Secrets).Select(secret => secret.Source).Where(name => !ComposeFile.Secrets.ContainsKey(name)));

    [Fact]
    public async Task The_script_makes_every_secret_once_and_git_ignores_them()
    {
        var folder = Directory.CreateTempSubdirectory("make-secrets-");
        try
        {
            var script = Path.Combine(folder.CreateSubdirectory("deploy").FullName, "make-secrets.sh");
            File.Copy(Path.Combine(Repository.Root, "deploy/make-secrets.sh"), script);
            await Run(script);
            var made = ComposeFile.Secrets.Values.ToDictionary(file => file, file => File.Exists(Path.Combine(folder.FullName, file)) ? File.ReadAllText(Path.Combine(folder.FullName, file)) : "missing");

            Assert.DoesNotContain("missing", made.Values);
            Assert.Equal(made.Count - 1, made.Values.Where(value => value.Length > 30).Distinct().Count());
            Assert.True(
                OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(folder.FullName, "deploy/secrets")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute),
                "others may enter the folder");
            await Run(script);
            Assert.All(made, secret => Assert.Equal(secret.Value, File.ReadAllText(Path.Combine(folder.FullName, secret.Key))));
            Assert.Contains("\ndeploy/secrets/\n", Repository.Read(".gitignore"), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<(string Name, string Key, string Value)> InFiles() => Repository.Files("deploy/env", ".env")
        .SelectMany(file => Repository.Read(file).Split('\n').Select(line => line.Split('=', 2)).Where(line => line.Length == 2), (file, line) => (file, line[0], line[1]));

    private static async Task Run(string script)
    {
        using var running = Process.Start(new ProcessStartInfo("bash", [script]) { RedirectStandardOutput = true })!;
        await running.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(0, running.ExitCode);
    }

    [GeneratedRegex("(Password|ApiKey|SubscriptionKey|PrivateKey|QueryKey|ConnectionString|Secrets?|Hash|Hashes)(__[0-9]+)?$|(?i)password$")]
    private static partial Regex SecretKey();

    [GeneratedRegex("(?i)password=|accountkey=|sharedaccesskey=|://[^/]+:[^/]+@")]
    private static partial Regex SecretValue();

    [GeneratedRegex(@"`([A-Z]\w+(?::[\w<>-]+)+)`")]
    private static partial Regex Documented();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(?m)^CREATE DATABASE (\w+) OWNER \1;$")]
    private static partial Regex OwnedDatabase();
}
