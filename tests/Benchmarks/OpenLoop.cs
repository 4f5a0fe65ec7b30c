using System.Diagnostics;
using Benchmarks.Measuring;

namespace Benchmarks;

/// <summary>
/// Offers single orders at moments fixed beforehand, whatever becomes of the earlier ones: who waits for an answer offers less while the system is slow,
/// and so never sees it slow. Time counts from the moment an order should have been sent.
/// </summary>
internal static class OpenLoop
{
    // The same moments in every run.
    private const int Seed = 20261120;

    public static async Task<Latencies> Run(WholeSystem system, double perSecond, TimeSpan time, CancellationToken cancellationToken)
    {
        var moments = Moments(perSecond, time);
        var first = system.Reserve(moments.Count);
        var since = await system.Now();
        var before = ProcessorTimes.Read(system.Processes.All);
        await using var probe = new CommitProbe(system.Database);
        var start = TimeProvider.System.GetUtcNow();
        var watch = Stopwatch.StartNew();
        var posts = new List<Task<Posted>>(moments.Count);
        foreach (var (number, moment) in moments.Index())
        {
            var early = moment - watch.Elapsed;
            if (early > TimeSpan.FromMilliseconds(1))
                await Task.Delay(early, TimeProvider.System, cancellationToken);
            posts.Add(Post(number, moment));
        }
        var posted = await Task.WhenAll(posts);
        var accepted = posted.Where(post => post.Id is not null).ToDictionary(post => post.Id!.Value);
        await system.WhenTracked(since, accepted.Count);
        var processor = ProcessorTimes.Read(system.Processes.All) - before;
        var tracked = await system.TrackedAt([.. accepted.Keys]);
        return new(perSecond, moments.Count, new(accepted.Count, watch.Elapsed, processor))
        {
            Ids = [.. accepted.Keys],
            ToAcceptance = [.. accepted.Values.Select(post => post.Acceptance.TotalMilliseconds)],
            ToTracked = [.. accepted.Values.Where(post => tracked.ContainsKey(post.Id!.Value)).Select(post => (tracked[post.Id!.Value] - start - post.Moment).TotalMilliseconds)],
            ToVisible = [.. probe.Seen.Where(seen => tracked.ContainsKey(seen.Id)).Select(seen => (seen.At - tracked[seen.Id]).TotalMilliseconds)],
        };

        async Task<Posted> Post(int number, TimeSpan moment)
        {
            var id = await system.Post(first + number, cancellationToken);
            if (id is { } order)
                probe.Watch(order);
            return new(moment, watch.Elapsed - moment, id);
        }
    }

    /// <summary>A Poisson process: orders come independently of each other, sometimes several at once.</summary>
    public static IReadOnlyList<TimeSpan> Moments(double perSecond, TimeSpan time)
    {
        var random = new Random(Seed);
        var moments = new List<TimeSpan>();
        for (var at = 0.0; ;)
        {
            at -= Math.Log(1 - random.NextDouble()) / perSecond;
            if (at >= time.TotalSeconds)
                return moments;
            moments.Add(TimeSpan.FromSeconds(at));
        }
    }

    private sealed record Posted(TimeSpan Moment, TimeSpan Acceptance, Guid? Id);
}
