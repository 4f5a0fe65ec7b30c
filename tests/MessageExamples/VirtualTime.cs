using System.Diagnostics;

namespace MessageExamples;

/// <summary>Moves a clock that stands still, giving the code under test the time it needs in between.</summary>
public static class VirtualTime
{
    /// <summary>Moves the clock, then lets run what can run; given a way to tell, until nothing can.</summary>
    /// <exception cref="TimeoutException">Something goes on for too long that does not wait for the clock.</exception>
    public static async Task Pass(this ManualTime time, TimeSpan by, Func<bool>? allWait = null)
    {
        time.Advance(by);
        var watch = Stopwatch.StartNew();
        // Twice without work in the thread pool's queue: what ran the first time may have queued more.
        for (var idle = 0; idle < 2 || allWait?.Invoke() == false;)
        {
            if (watch.Elapsed >= TimeSpan.FromSeconds(10))
                throw new TimeoutException("something goes on for too long that does not wait for the clock");
            await Task.Yield();
            idle = ThreadPool.PendingWorkItemCount == 0 ? idle + 1 : 0;
        }
    }
}
