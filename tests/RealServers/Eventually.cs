using System.Diagnostics;

namespace RealServers;

/// <summary>Waits for a state, with a bound; the only way a test waits for something it gets no signal of.</summary>
public static class Eventually
{
    /// <summary>Reads until the value is as wanted, and fails with the last value seen when the time is over.</summary>
    public static async Task<T> Becomes<T>(Func<Task<T>> read, Func<T, bool> wanted, TimeSpan? within = null, string? what = null)
    {
        var bound = within ?? TimeSpan.FromSeconds(30);
        var watch = Stopwatch.StartNew();
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var value = await read();
            if (wanted(value))
                return value;
            if (watch.Elapsed > bound)
                throw new TimeoutException($"{what ?? "The state"} did not become as wanted within {bound.TotalSeconds:0} s; last seen: {value}");
            await ticks.WaitForNextTickAsync();
        }
    }

    public static Task Holds(Func<Task<bool>> condition, TimeSpan? within = null, string? what = null) =>
        Becomes(condition, held => held, within, what);
}
