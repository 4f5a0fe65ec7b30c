using System.Diagnostics.Metrics;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ProfileStoreSender.KeepingTheLedger;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.Tests.SendingEvents;

/// <summary>When a "no" is believed, on a clock that moves only when told.</summary>
public sealed class LostRepliesTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10), AskAfter = TimeSpan.FromMinutes(5);

    private readonly ManualTime _time = new();
    private readonly Asked _destination = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LostReplies _lost;

    public LostRepliesTests() =>
        _lost = new(_destination, "profile-store", Timeout, new SendingMetrics(_services.GetRequiredService<IMeterFactory>()), _time, NullLogger.Instance);

    [Fact]
    public async Task What_is_found_is_found_at_once()
    {
        _destination.Answer = new(1);

        Assert.Equal(LostReply.Found, await LookFor());
    }

    [Fact]
    public async Task A_no_is_believed_when_the_request_cannot_be_under_way_any_more_and_had_time_to_show()
    {
        _destination.Answer = new(0);
        var entry = Entry();

        Assert.Equal(LostReply.StillUnknown, await LookFor(entry));
        _time.Advance(Timeout + AskAfter - TimeSpan.FromMilliseconds(1));
        Assert.Equal(LostReply.StillUnknown, await LookFor(entry));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(LostReply.Missing, await LookFor(entry));
    }

    [Fact]
    public async Task A_row_of_an_earlier_version_counts_from_when_it_was_written()
    {
        _destination.Answer = new(0);
        var entry = Entry() with { SentAt = null };

        Assert.Equal(LostReply.StillUnknown, await LookFor(entry));
        _time.Advance(Timeout + AskAfter);
        Assert.Equal(LostReply.Missing, await LookFor(entry));
    }

    [Fact]
    public async Task Without_an_answer_it_stays_unknown_however_late_it_is_and_health_can_tell()
    {
        var entry = Entry();
        _destination.Answer = new(null, "status 503");
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(LostReply.StillUnknown, await LookFor(entry));
        Assert.Equal(("status 503", _time.GetUtcNow()), _lost.Failing);

        _destination.Answer = new(0);
        Assert.Equal(LostReply.Missing, await LookFor(entry));
        Assert.Null(_lost.Failing);
    }

    public void Dispose() => _services.Dispose();

    private Task<LostReply> LookFor(LedgerEntry? entry = null) => _lost.LookFor(entry ?? Entry(), TestContext.Current.CancellationToken);

    private LedgerEntry Entry() => new()
    {
        OrderId = Guid.NewGuid(),
        Destination = "profile-store",
        State = DeliveryState.Unknown,
        Attempts = 1,
        Uncertain = 0,
        RepeatsUnknown = false,
        MayHaveArrived = true,
        TrackId = "t1",
        FirstAt = _time.GetUtcNow(),
        UpdatedAt = _time.GetUtcNow(),
        SentAt = _time.GetUtcNow(),
    };

    private sealed class Asked : ICanBeAsked
    {
        public QueryAnswer Answer { get; set; } = new(null);

        public TimeSpan AskAfter => LostRepliesTests.AskAfter;

        public Task<QueryAnswer> Ask(string trackId, CancellationToken cancellationToken) => Task.FromResult(Answer);
    }
}
