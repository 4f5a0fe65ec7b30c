using System.Diagnostics;

namespace Structure.Tests;

/// <summary>The version that may run beside this one while it is deployed (deploy/previous-version), as it lies in the history.</summary>
internal static class PreviousVersion
{
    /// <summary>Its commit.</summary>
    public static string Commit { get; } = Repository.Read("deploy/previous-version").Split('\n').Single(line => line.Length > 0 && line[0] != '#');

    /// <summary>Its files below a folder, with what git calls their content.</summary>
    public static IReadOnlyDictionary<string, string> Files(string folder, string ending = "") => Git("ls-tree", "-r", Commit, "--", folder).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', '\t')).Where(parts => parts[3].EndsWith(ending, StringComparison.Ordinal)).ToDictionary(parts => parts[3], parts => parts[2]);

    public static string Read(string path) => Git("show", $"{Commit}:{path}");

    /// <summary>What git calls the content of a file as it lies here.</summary>
    public static string ContentOf(string path) => Git("hash-object", "--no-filters", path).Trim();

    /// <summary>Whether a commit is this version, or came before it.</summary>
    public static bool Has(string commit) => Run("merge-base", "--is-ancestor", commit, Commit).ExitCode == 0;

    /// <summary>Whether the version is part of what is checked out.</summary>
    public static bool IsInHistory => Run("merge-base", "--is-ancestor", Commit, "HEAD").ExitCode == 0;

    private static string Git(params string[] arguments)
    {
        var (exitCode, output, errors) = Run(arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {errors} (a shallow clone has no history: git fetch --unshallow)");
    }

    private static (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        // Whose checkout it is does not matter for reading.
        var start = new ProcessStartInfo("git", ["-c", $"safe.directory={Repository.Root}", .. arguments]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        using var git = Process.Start(start)!;
        var (output, errors) = (git.StandardOutput.ReadToEndAsync(), git.StandardError.ReadToEndAsync());
        if (!git.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            git.Kill();
            throw new TimeoutException($"git {string.Join(' ', arguments)} did not end within 30 s");
        }
        return (git.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
