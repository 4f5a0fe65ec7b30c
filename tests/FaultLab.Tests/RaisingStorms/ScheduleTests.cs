using FaultLab.RaisingStorms;

namespace FaultLab.Tests.RaisingStorms;

public sealed class ScheduleTests
{
    private static readonly TimeSpan Storm = Lab.StormOf(new());

    [Fact]
    public void The_same_seed_gives_the_same_schedule() => Assert.Equal(Schedule.Of(7, Storm), Schedule.Of(7, Storm));

    [Fact]
    public void Another_seed_gives_another() => Assert.NotEqual(Schedule.Of(7, Storm), Schedule.Of(8, Storm));

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(20261121)]
    public void A_run_of_the_usual_length_has_one_of_each_kind(int seed)
    {
        var schedule = Schedule.Of(seed, Storm);

        Assert.Equal(Enum.GetValues<FaultKind>(), schedule.Select(fault => fault.Kind).Distinct().Order());
        Assert.Equal(5, schedule.Count(fault => fault.Kind == FaultKind.KillService));
        Assert.Equal(["INT", "KILL", "QUIT"], schedule.Where(fault => fault.Kind == FaultKind.StopDatabase).Select(fault => fault.Target).Order(StringComparer.Ordinal));
    }

    [Theory, InlineData(5), InlineData(20), InlineData(120), InlineData(3600)]
    public void Faults_begin_one_after_the_other_within_the_storm(int seconds)
    {
        var times = Schedule.Of(1, TimeSpan.FromSeconds(seconds)).Select(fault => fault.At.TotalSeconds).ToList();

        Assert.NotEmpty(times);
        Assert.Equal(times.Order(), times);
        Assert.InRange(times[^1], 0, seconds);
    }

    [Fact]
    public void A_long_storm_deals_whole_decks() =>
        Assert.All(Schedule.Of(1, TimeSpan.FromHours(1)).GroupBy(fault => fault.Kind), kind => Assert.True(kind.Count() > 20, $"{kind.Key}: {kind.Count()}"));
}
