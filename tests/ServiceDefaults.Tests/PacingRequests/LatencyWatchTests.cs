using MessageExamples;
using ServiceDefaults.PacingRequests;

namespace ServiceDefaults.Tests.PacingRequests;

public sealed class LatencyWatchTests
{
    private readonly LatencyWatch _watch = new();
    private DateTimeOffset _now = An.Noon;

    [Fact]
    public void Rose_says_so_when_most_answers_take_clearly_longer()
    {
        Assert.Equal(0, Rises(200, 50));
        Assert.Equal(1, Rises(LatencyWatch.Judged, 500));
    }

    [Fact]
    public void Rose_says_nothing_of_noise()
    {
        // Half to twice as long, every twentieth ten times: what a busy destination does without being in trouble.
        var random = new Random(17);
        for (var i = 0; i < 20_000; i++)
            Assert.False(Answer(60 * Math.Pow(2, random.NextDouble() * 2 - 1) * (random.Next(20) == 0 ? 10 : 1)));
    }

    [Fact]
    public void Rose_says_nothing_of_a_rise_that_is_too_small_to_matter()
    {
        Rises(200, 5);
        Assert.Equal(0, Rises(200, 100));
    }

    [Fact]
    public void Rose_compares_requests_of_about_the_same_size()
    {
        Rises(200, 20, size: 1);
        Assert.Equal(0, Rises(200, 900, size: 100));
        Assert.Equal(0, Rises(200, 20, size: 1));
        Assert.Equal(1, Rises(LatencyWatch.Judged, 3500, size: 100));
    }

    [Fact]
    public void Rose_does_not_look_at_answers_to_what_was_sent_before_it_said_so()
    {
        Rises(200, 50);
        var sentAt = _now;
        Rises(LatencyWatch.Judged, 1000);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.False(_watch.Rose(sentAt, _now, 1)));
    }

    [Theory]
    [InlineData(50, 500)]
    [InlineData(50, 5_000)]
    [InlineData(200, 60_000)]
    public void Rose_gets_used_to_what_stays(double before, double after)
    {
        Rises(200, before);
        var rises = Rises(100 * LatencyWatch.Judged, after);

        TestContext.Current.TestOutputHelper!.WriteLine($"from {before} ms to {after} ms for good: {rises} times");
        Assert.InRange(rises, 1, 5);
    }

    private int Rises(int answers, double milliseconds, int size = 1) => Enumerable.Range(0, answers).Count(_ => Answer(milliseconds, size));

    private bool Answer(double milliseconds, int size = 1)
    {
        var sentAt = _now;
        _now += TimeSpan.FromMilliseconds(milliseconds);
        return _watch.Rose(sentAt, _now, size);
    }
}
