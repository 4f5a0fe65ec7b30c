using MessageExamples;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.Tests.SendingEvents;

public sealed class PaceTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Take_spaces_callers_evenly()
    {
        var pace = new Pace(10, _time);
        var turns = Enumerable.Range(0, 5).Select(_ => pace.Take(TestContext.Current.CancellationToken)).ToList();

        Assert.Equal([true, false, false, false, false], turns.Select(turn => turn.IsCompleted));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal([true, true, false, false, false], turns.Select(turn => turn.IsCompleted));
        _time.Advance(TimeSpan.FromMilliseconds(299));
        Assert.Equal([true, true, true, true, false], turns.Select(turn => turn.IsCompleted));
    }

    [Fact]
    public void TryTakeNow_takes_only_what_is_free()
    {
        var pace = new Pace(1, _time);

        Assert.True(pace.TryTakeNow());
        Assert.False(pace.TryTakeNow());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(pace.TryTakeNow());
    }

    [Fact]
    public void Zero_is_unlimited()
    {
        var pace = new Pace(0, _time);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(pace.TryTakeNow() && pace.Take(TestContext.Current.CancellationToken).IsCompleted));
    }
}
