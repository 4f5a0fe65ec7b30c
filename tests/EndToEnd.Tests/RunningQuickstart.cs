using System.Diagnostics;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>The quickstart as a process of its own on a free port, its sample imported and settled.</summary>
internal sealed class RunningQuickstart : IDisposable
{
    private RunningQuickstart(Process process, Uri address) => (Process, Address) = (process, address);

    public Process Process { get; }

    public Uri Address { get; }

    public static async Task<RunningQuickstart> Start(CancellationToken patience)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [ServiceProcess.Program("Quickstart"), "--port", "0"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        Uri? address = null;
        // The law is the last line before it stays up.
        while (await process.StandardOutput.ReadLineAsync(patience) is { } line && !line.Contains(" accepted = ", StringComparison.Ordinal))
        {
            if (line.StartsWith("http://", StringComparison.Ordinal))
                address ??= new Uri(new Uri(line.Split(' ')[0]).GetLeftPart(UriPartial.Authority));
        }
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return new(process, address ?? throw new InvalidOperationException("The quickstart did not say where it listens"));
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill();
        Process.Dispose();
    }
}
