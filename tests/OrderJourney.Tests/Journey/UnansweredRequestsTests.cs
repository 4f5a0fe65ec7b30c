using MessageExamples;
using OrderJourney.Journey;

namespace OrderJourney.Tests.Journey;

public sealed class UnansweredRequestsTests
{
    private readonly ManualTime _time = new(An.Noon);
    private readonly UnansweredRequests _requests;

    public UnansweredRequestsTests() => _requests = new(_time);

    [Fact]
    public void A_service_that_says_nothing_is_asked_a_thousand_times_and_then_ever_more_rarely()
    {
        Assert.Equal(1000, Granted(5000));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, Granted(5000));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1000, Granted(5000));
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(0, Granted(5000));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1000, Granted(5000));
    }

    [Fact]
    public void A_day_of_silence_brings_a_bounded_number()
    {
        var granted = 0;
        for (var minute = 0; minute < 24 * 60; minute++, _time.Advance(TimeSpan.FromMinutes(1)))
            granted += Granted(5000);

        // Seven pauses up to an hour, and one each hour from then on.
        Assert.InRange(granted, 25_000, 32_000);
    }

    [Fact]
    public void Any_answer_opens_the_way_again()
    {
        Granted(5000);
        _requests.Heard(MissingStep.Customer);

        Assert.Equal(1000, Granted(5000));
    }

    [Fact]
    public void Steps_do_not_speak_for_each_other()
    {
        Granted(5000);
        _requests.Heard(MissingStep.Tracking, "odp");

        Assert.Equal(0, Granted(1));
        Assert.True(_requests.MayAsk(MissingStep.Tracking, "odp"));
    }

    [Fact]
    public void Destinations_do_not_speak_for_each_other()
    {
        Assert.Equal(1000, Granted(5000, "odp"));
        _requests.Heard(MissingStep.Tracking, "profile-store");

        Assert.Equal(0, Granted(1, "odp"));
        Assert.Equal(1000, Granted(5000, "profile-store"));
    }

    [Fact]
    public void A_destination_that_is_unavailable_is_asked_a_thousand_times_a_minute()
    {
        var granted = 0;
        for (var second = 0; second < 3600; second++, _time.Advance(TimeSpan.FromSeconds(1)))
        {
            granted += Granted(250, "odp");
            _requests.HeardUnavailable(MissingStep.Tracking, "odp");
        }

        Assert.InRange(granted, 55_000, 60_000);
    }

    [Fact]
    public void A_destination_that_is_unavailable_after_a_long_silence_is_asked_again_within_a_minute()
    {
        for (var minute = 0; minute < 300; minute++, _time.Advance(TimeSpan.FromMinutes(1)))
            Granted(5000, "odp");
        _requests.HeardUnavailable(MissingStep.Tracking, "odp");
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1000, Granted(5000, "odp"));
    }

    [Fact]
    public void Few_requests_are_never_held_back_however_long_nobody_answers()
    {
        for (var minute = 0; minute < 900; minute++, _time.Advance(TimeSpan.FromMinutes(1)))
            Assert.True(_requests.MayAsk(MissingStep.Customer));
    }

    private int Granted(int wanted) => Enumerable.Range(0, wanted).Count(_ => _requests.MayAsk(MissingStep.Customer));

    private int Granted(int wanted, string destination) => Enumerable.Range(0, wanted).Count(_ => _requests.MayAsk(MissingStep.Tracking, destination));
}
