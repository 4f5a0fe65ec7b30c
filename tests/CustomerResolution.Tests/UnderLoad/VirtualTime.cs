using System.Diagnostics;
using MessageExamples;

namespace CustomerResolution.Tests.UnderLoad;

/// <summary>Moves a clock that stands still, giving the code under test the time it needs in between.</summary>
internal static class VirtualTime
{
    /// <summary>Moves the clock, then lets run what can run.</summary>
    public static async Task Pass(this ManualTime time, TimeSpan by, Func<bool>? isDone = null)
    {
        time.Advance(by);
        var watch = Stopwatch.StartNew();
        // Twice without work in the thread pool's queue: what ran the first time may have queued more.
        for (var idle = 0; idle < 2 || (isDone is not null && !isDone() && time.Waiting == 0);)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "nothing waits for the clock, and yet nothing comes to an end");
            await Task.Yield();
            idle = ThreadPool.PendingWorkItemCount == 0 ? idle + 1 : 0;
        }
    }
}
