using System.Diagnostics;

namespace MessageExamples;

/// <summary>Moves a clock that stands still, giving the code under test the time it needs in between.</summary>
public static class VirtualTime
{
    /// <summary>Moves the clock, then lets run what can run; given a way to tell, until nothing can.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="by">How far.</param>
    /// <param name="allWait">True when everything waits for the clock.</param>
    /// <param name="patience">How long that may take; 10 s where nothing is said.</param>
    /// <exception cref="TimeoutException">Something goes on for too long that does not wait for the clock.</exception>
    public static async Task Pass(this ManualTime time, TimeSpan by, Func<bool>? allWait = null, TimeSpan? patience = null)
    {
        time.Advance(by);
        var watch = Stopwatch.StartNew();
        // Twice without work in the thread pool's queue: what ran the first time may have queued more.
        // Given a way to tell, for a while: whoever has just been called may not have begun to run.
        for (var idle = 0; idle < (allWait is null ? 2 : 20);)
        {
            if (watch.Elapsed >= (patience ?? TimeSpan.FromSeconds(10)))
                throw new TimeoutException("something goes on for too long that does not wait for the clock");
            await Task.Yield();
            idle = ThreadPool.PendingWorkItemCount == 0 && allWait?.Invoke() != false ? idle + 1 : 0;
        }
    }
}
