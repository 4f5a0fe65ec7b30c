using System.Runtime.CompilerServices;

namespace Contracts.Tests;

/// <summary>Text that others depend on: a change shows up as a difference that somebody has to approve by committing it.</summary>
internal static class Approved
{
    public static void Is(string name, string actual)
    {
        var approved = File.ReadAllText(Folder(name));
        if (approved == actual)
            return;
        var received = Path.Combine(AppContext.BaseDirectory, name.Replace(".approved.", ".received.", StringComparison.Ordinal));
        File.WriteAllText(received, actual);
        Assert.Fail($"{name} is no longer true. If subscribers can live with the difference, copy {Path.GetFileName(received)} from the test's output folder over it.\n" +
            Difference(approved, actual));
    }

    public static string Folder(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, name);

    private static string Difference(string approved, string actual)
    {
        string[] before = approved.Split('\n'), after = actual.Split('\n');
        return string.Join('\n', [.. before.Except(after).Select(line => $"- {line}"), .. after.Except(before).Select(line => $"+ {line}")]);
    }
}
