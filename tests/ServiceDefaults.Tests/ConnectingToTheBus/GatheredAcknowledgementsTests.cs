using System.Reflection;
using MassTransit.RabbitMqTransport;
using MessageExamples;
using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.Tests.ConnectingToTheBus;

public sealed class GatheredAcknowledgementsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    private readonly ManualTime _time = new();
    private readonly RecordingChannel _broker;
    private readonly ChannelContext _channelOfBroker, _channel;

    public GatheredAcknowledgementsTests()
    {
        _channelOfBroker = DispatchProxy.Create<ChannelContext, RecordingChannel>();
        _broker = (RecordingChannel)(object)_channelOfBroker;
        _channel = new GatheredAcknowledgements(_channelOfBroker, _time);
    }

    [Fact]
    public async Task An_unbroken_run_is_one_acknowledgement()
    {
        _broker.Deliver(5);
        await Done(3, 1, 2);

        Assert.Equal([(3ul, true)], _broker.Acknowledged);
    }

    [Fact]
    public async Task What_lies_behind_one_that_is_still_worked_on_goes_alone()
    {
        _broker.Deliver(5);
        await Done(2, 4);
        Assert.Equal([(2ul, false), (4ul, false)], _broker.Acknowledged.Order());

        // "Up to 2" would name a message that the broker has forgotten.
        await Done(1);
        Assert.Equal((1ul, true), _broker.Acknowledged[^1]);
    }

    [Fact]
    public async Task A_returned_message_ends_no_run()
    {
        _broker.Deliver(3);
        await _channel.BasicNack(2, false, true);
        await Done(1, 3);

        Assert.Equal([(3ul, true)], _broker.Acknowledged);
    }

    [Fact]
    public async Task Nobody_is_told_before_the_acknowledgement_was_written()
    {
        _broker.Deliver(1);
        _broker.MayBeAcknowledged.Add(1);
        var done = _channel.BasicAck(1, false);
        Assert.False(done.IsCompleted);
        Assert.Empty(_broker.Acknowledged);

        _time.Advance(Soon);
        await done;
        Assert.Single(_broker.Acknowledged);
    }

    [Fact]
    public async Task A_closed_channel_is_an_error_for_everybody_who_waits_and_for_nobody_else()
    {
        _broker.Deliver(3);
        _broker.Fail = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => Done(1, 2));

        _broker.Fail = false;
        await Done(3);
        Assert.Equal(3ul, _broker.Acknowledged[^1].Tag);
    }

    /// <summary>Named for its symptom: a process that was held up for ten milliseconds between two instructions acknowledged nothing from then on.</summary>
    [Fact]
    public async Task Acknowledging_goes_on_though_the_gathering_time_was_over_before_anybody_waited_for_it()
    {
        ChannelContext busy = new GatheredAcknowledgements(_channelOfBroker, new NoTime());
        _broker.Deliver(2);
        _broker.MayBeAcknowledged.UnionWith([1, 2]);
        await busy.BasicAck(1, false);
        await busy.BasicAck(2, false);

        Assert.Empty(_broker.Outstanding);
    }

    /// <summary>Whatever the order of completion: each message is acknowledged once, none before it was done, and the broker never hears an unknown tag.</summary>
    [Fact]
    public async Task Any_order_of_completion_acknowledges_each_message_once()
    {
        var dice = new Random(17);
        ulong delivered = 0;
        var working = new List<ulong>();
        for (var step = 0; step < 2000; step++)
        {
            while (working.Count < 20)
            {
                working.Add(++delivered);
                _broker.Deliver(1);
            }
            var finished = Enumerable.Range(0, dice.Next(1, 12)).Select(_ => dice.Next(working.Count)).Distinct().Select(index => working[index]).ToList();
            working.RemoveAll(finished.Contains);
            if (dice.Next(10) == 0)
            {
                await _channel.BasicNack(finished[0], false, true);
                finished.RemoveAt(0);
            }
            _broker.MayBeAcknowledged.UnionWith(finished);
            if (finished.Count > 0)
                await Done([.. finished]);
        }

        Assert.Equal(working.Order(), _broker.Outstanding.Order());
    }

    private async Task Done(params ulong[] tags)
    {
        _broker.MayBeAcknowledged.UnionWith(tags);
        var acknowledgements = tags.Select(tag => _channel.BasicAck(tag, false).AsTask()).ToList();
        _time.Advance(Soon);
        await Task.WhenAll(acknowledgements);
    }

    /// <summary>A clock by which every delay is over as soon as it begins.</summary>
    private sealed class NoTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            callback(state);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A channel as RabbitMQ keeps it: closes on a tag that is not outstanding.</summary>
    public class RecordingChannel : DispatchProxy
    {
        private ulong _last;

        public List<(ulong Tag, bool Multiple)> Acknowledged { get; } = [];

        public SortedSet<ulong> Outstanding { get; } = [];

        public HashSet<ulong> MayBeAcknowledged { get; } = [];

        public bool Fail { get; set; }

        public void Deliver(int messages)
        {
            for (var i = 0; i < messages; i++)
                Outstanding.Add(++_last);
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod!.Name)
            {
                case nameof(ChannelContext.BasicAck):
                    return new ValueTask(Acknowledge((ulong)args![0]!, (bool)args[1]!));
                case nameof(ChannelContext.BasicNack):
                    Outstanding.Remove((ulong)args![0]!);
                    return Task.CompletedTask;
                case "get_CancellationToken":
                    return CancellationToken.None;
                default:
                    throw new NotSupportedException(targetMethod.Name);
            }
        }

        private Task Acknowledge(ulong tag, bool multiple)
        {
            if (Fail)
                return Task.FromException(new InvalidOperationException("the channel is closed"));
            if (!Outstanding.Contains(tag))
                throw new InvalidOperationException($"unknown delivery tag {tag}");
            Acknowledged.Add((tag, multiple));
            var gone = multiple ? Outstanding.Where(one => one <= tag).ToList() : [tag];
            Assert.All(gone, one => Assert.Contains(one, MayBeAcknowledged));
            Outstanding.ExceptWith(gone);
            return Task.CompletedTask;
        }
    }
}
