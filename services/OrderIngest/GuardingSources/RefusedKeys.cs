using System.Collections.Concurrent;

namespace OrderIngest.GuardingSources;

/// <summary>
/// Tells the operator which known key was refused and why; the sender of an expired key is only told that it is not valid. One line a minute for the same, and the metric
/// counts, so that a sender that does not stop cannot fill the log.
/// </summary>
internal sealed class RefusedKeys(OrderIngestMetrics metrics, TimeProvider time, ILogger<RefusedKeys> log)
{
    /// <summary>The key is not valid yet or not any more: the sender hears only <c>no-valid-key</c>.</summary>
    public const string OutOfItsTime = "key-out-of-its-time";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    // As many entries as there are keys and codes.
    private readonly ConcurrentDictionary<(SourceKey Key, string Code), DateTimeOffset> _next = new();

    /// <summary>A request was refused; without a known key it is only counted.</summary>
    public void Note(SourceKey? key, string code)
    {
        metrics.Refused(key?.Source.Name, code);
        if (key is null)
            return;
        var now = time.GetUtcNow();
        var say = false;
        _next.AddOrUpdate(
            (key, code),
            _ => Said(),
            (_, next) => next <= now ? Said() : next);
        if (say)
            LogMessages.KeyRefused(log, key.Name, key.Source.Name, code, Pause);

        DateTimeOffset Said()
        {
            say = true;
            return now + Pause;
        }
    }
}
