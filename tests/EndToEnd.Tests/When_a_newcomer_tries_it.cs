using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>The README's commands, as written.</summary>
public sealed class When_a_newcomer_tries_it
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
}
