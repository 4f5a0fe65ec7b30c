using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>A command as a person types it, with what it printed.</summary>
public sealed record Script(int ExitCode, string Output)
{
    /// <summary>Root of the checkout these tests were built in.</summary>
    public static string Root { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static async Task<Script> Run(TimeSpan within, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true };
        // Output goes through a file: what a script leaves running keeps its pipes open.
        var output = Path.GetTempFileName();
        start.FileName = "/bin/bash";
        start.ArgumentList.Clear();
        foreach (var argument in (string[])["-c", "exec \"$@\" > \"$0\" 2>&1", output, command, .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(within);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await File.ReadAllTextAsync(output));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} did not end within {within.TotalSeconds:0} s:{Environment.NewLine}{await File.ReadAllTextAsync(output)}");
        }
        finally
        {
            File.Delete(output);
        }
    }
}
