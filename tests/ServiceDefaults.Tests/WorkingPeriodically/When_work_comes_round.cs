using System.Threading.Channels;
using MessageExamples;
using ServiceDefaults.WorkingPeriodically;

namespace ServiceDefaults.Tests.WorkingPeriodically;

public sealed class When_work_comes_round
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task The_first_round_is_a_period_away_and_each_tick_brings_one()
    {
        using var work = new Recorded(_time, atOnce: false);
        await work.StartAsync(A.Token);
        await work.Started.WaitAsync(A.Token);
        Assert.Equal(0, work.Begun);

        for (var round = 1; round <= 3; round++)
        {
            _time.Advance(Recorded.Period);
            await work.Next();
            Assert.Equal(round, work.Begun);
        }
        await work.StopAsync(A.Token);
        Assert.Equal(3, work.Begun);
    }

    [Fact]
    public async Task Asked_to_it_begins_with_the_service()
    {
        using var work = new Recorded(_time, atOnce: true);
        await work.StartAsync(A.Token);

        await work.Next();

        await work.StopAsync(A.Token);
    }

    [Fact]
    public async Task A_round_that_fails_is_told_and_the_next_one_comes_all_the_same()
    {
        using var work = new Recorded(_time, atOnce: true) { Fails = new InvalidOperationException("once") };
        await work.StartAsync(A.Token);
        await work.Next();

        work.Fails = null;
        _time.Advance(Recorded.Period);
        await work.Next();

        Assert.Equal(["once"], work.Told);
        await work.StopAsync(A.Token);
    }

    [Fact]
    public async Task A_cancelled_call_within_a_round_is_a_failure_like_another()
    {
        using var work = new Recorded(_time, atOnce: true) { Fails = new OperationCanceledException("a time-out of its own") };
        await work.StartAsync(A.Token);
        await work.Next();

        work.Fails = null;
        _time.Advance(Recorded.Period);
        await work.Next();

        Assert.Equal(["a time-out of its own"], work.Told);
        await work.StopAsync(A.Token);
    }

    [Fact]
    public async Task The_services_end_is_no_failure_even_in_the_middle_of_a_round()
    {
        using var work = new Recorded(_time, atOnce: true) { Lasts = true };
        await work.StartAsync(A.Token);
        await work.Next();

        await work.StopAsync(A.Token);

        Assert.True(work.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Empty(work.Told);
    }

    private sealed class Recorded(TimeProvider time, bool atOnce) : PeriodicWork
    {
        public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly Channel<bool> _rounds = Channel.CreateUnbounded<bool>();

        public Task Started => _started.Task;

        public int Begun { get; private set; }

        public List<string> Told { get; } = [];

        public Exception? Fails { get; set; }

        public bool Lasts { get; init; }

        protected override bool AtOnce => atOnce;

        /// <summary>Waits until one more round has begun.</summary>
        public async Task Next() => await _rounds.Reader.ReadAsync(A.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(20), A.Token);

        protected override PeriodicTimer Ticks()
        {
            var ticks = new PeriodicTimer(Period, time);
            _started.SetResult();
            return ticks;
        }

        protected override async Task Round(CancellationToken cancellationToken)
        {
            Begun++;
            var fails = Fails;
            _rounds.Writer.TryWrite(true);
            if (Lasts)
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            if (fails is not null)
                throw fails;
        }

        protected override void Failed(Exception exception) => Told.Add(exception.Message);
    }
}
