using MessageExamples;
using ServiceDefaults.PacingRequests;

namespace ServiceDefaults.Tests.PacingRequests;

public sealed class RequestQuotaTests
{
    private static readonly DateTimeOffset Reset = An.Noon.AddSeconds(10);

    private readonly RequestQuota _quota = new();

    [Fact]
    public void Nothing_waits_before_anything_was_said() => Assert.Equal(TimeSpan.Zero, _quota.Wait(An.Noon));

    [Fact]
    public void What_remains_may_be_sent_and_no_more_before_the_reset()
    {
        _quota.Told(2, Reset, 0);
        _quota.Sent(An.Noon);
        Assert.Equal(TimeSpan.Zero, _quota.Wait(An.Noon));
        _quota.Sent(An.Noon);

        Assert.Equal(TimeSpan.FromSeconds(10), _quota.Wait(An.Noon));
        Assert.Equal(TimeSpan.Zero, _quota.Wait(Reset));
    }

    [Fact]
    public void Requests_under_way_are_taken_off_until_a_later_answer_knows_better()
    {
        _quota.Told(3, Reset, 5);
        Assert.Equal(TimeSpan.FromSeconds(10), _quota.Wait(An.Noon));

        _quota.Told(3, Reset, 0);

        Assert.Equal(TimeSpan.Zero, _quota.Wait(An.Noon));
    }

    [Fact]
    public void After_the_reset_nothing_is_known()
    {
        _quota.Told(0, Reset, 0);

        _quota.Sent(Reset);
        _quota.Sent(Reset);

        Assert.Equal(TimeSpan.Zero, _quota.Wait(Reset));
    }
}
