using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FaultLab.Tests;

/// <summary>The documented command, as a process of its own. Another run than the usual one: set FAULT_LAB_SEED.</summary>
public sealed class When_everything_goes_wrong_for_five_minutes(BuiltMutants built)
{
    private static readonly string Seed = Environment.GetEnvironmentVariable("FAULT_LAB_SEED") ?? new LabSettings().Seed.ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task No_order_is_lost_and_none_doubled_uncounted()
    {
        // Not needed here: whoever needs them need not wait then.
        built.Begin();
        var output = new StringBuilder();
        using var lab = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "FaultLab.dll"), "--seed", Seed]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        DataReceivedEventHandler keep = (_, line) =>
        {
            lock (output)
                output.AppendLine(line.Data);
        };
        lab.OutputDataReceived += keep;
        lab.ErrorDataReceived += keep;
        lab.BeginOutputReadLine();
        lab.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(9));
        try
        {
            await lab.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!lab.HasExited)
                // Told, not killed: it ends its servers.
                using (var tell = Process.Start("kill", [$"{lab.Id}"]))
                    await lab.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token);
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Seed}{Environment.NewLine}{output}");
        Assert.True(lab.ExitCode == 0, $"seed {Seed}, exit code {lab.ExitCode}{Environment.NewLine}{output}");
    }
}
