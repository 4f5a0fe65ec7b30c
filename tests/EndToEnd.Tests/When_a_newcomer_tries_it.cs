using System.Text.RegularExpressions;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>The README's commands, as written.</summary>
public sealed partial class When_a_newcomer_tries_it
{
    [Fact]
    public async Task The_quickstart_ends_well_and_says_the_law_in_its_last_line()
    {
        var run = await Script.Run(TimeSpan.FromSeconds(120), "dotnet", ServiceProcess.Program("Quickstart"), "--exit-when-done", "--port", "0");
        Assert.True(run.ExitCode == 0, run.Output);
        // What the generator of the sample says is in it: tests/SampleOrders, expected.json.
        Assert.Equal("2000 accepted = 1493 tracked + 173 waiting + 326 unidentified + 8 suppressed + 0 failed", run.Lines[^1]);
    }

    [Fact]
    public async Task The_processes_started_by_hand_track_an_order_and_end_when_told()
    {
        try
        {
            var up = await Script.Run(TimeSpan.FromMinutes(8), "deploy/local/up.sh");
            Assert.True(up.ExitCode == 0, up.Output);
            var tried = await Script.Run(TimeSpan.FromSeconds(30), "deploy/local/try.sh", $"{Random.Shared.NextInt64(1_000_000_000)}");
            Assert.True(tried.ExitCode == 0, tried.Output);
            Assert.StartsWith("Tracked after ", tried.Lines[^1], StringComparison.Ordinal);
        }
        finally
        {
            var down = await Script.Run(TimeSpan.FromMinutes(2), "deploy/local/down.sh");
            Assert.True(down.ExitCode == 0, down.Output);
        }
    }

    [Fact]
    public async Task The_lines_about_late_identity_lead_to_the_states_they_name()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var quickstart = await RunningQuickstart.Start(patience.Token);
        var lines = LateIdentity().Match(await File.ReadAllTextAsync(Path.Combine(Script.Root, "README.md"))).Groups["lines"].Value
            .Replace("http://127.0.0.1:5080", quickstart.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        Assert.Equal(6, AskedState().Count(lines));

        // A person types slower than an order travels; a script asks until it is there.
        var script = AskedState().Replace(lines, "until ${ask} | grep -q '\"state\":\"${state}\"'; do sleep 0.1; done; printf '\\nreached ${state}\\n'");
        var run = await Script.Run(TimeSpan.FromSeconds(40), "bash", "-eu", "-c", script);
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(
            ["AwaitingCustomer", "Tracked", "Unidentified", "Tracked", "Resolved", "Suppressed"],
            run.Lines.Where(line => line.StartsWith("reached ", StringComparison.Ordinal)).Select(line => line["reached ".Length..]));
    }

    [GeneratedRegex(@"^## Late identity\n.*?```sh\n(?<lines>.*?)```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex LateIdentity();

    [GeneratedRegex(@"^(?<ask>curl .*/journeys/\$\w+) +# (?<state>\w+)$", RegexOptions.Multiline)]
    private static partial Regex AskedState();
}
