using MassTransit;
using MassTransit.RabbitMqTransport;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>
/// Acknowledges messages together. MassTransit acknowledges each one alone, and each acknowledgement is an entry in a quorum queue's log. Messages that
/// are done wait a few milliseconds for others; an unbroken run of them is one "all up to here". Whoever completes a message waits until its
/// acknowledgement was written, so nothing is acknowledged earlier than before, and a crash in between means one more delivery, as ever.
/// </summary>
internal sealed class GatheredAcknowledgements : ScopeChannelContext, ChannelContext
{
    // Nobody waits for an acknowledgement but the window of prefetched messages, and that is far from used up in this time.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    private readonly ChannelContext _channel;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _settled = [];
    private HashSet<ulong> _done = [];
    private ulong _lowest = 1;
    private Task _last = Task.CompletedTask;
    private Task? _gathering;

    public GatheredAcknowledgements(ChannelContext channel, TimeProvider time)
        : base(channel, channel.CancellationToken) => (_channel, _time) = (channel, time);

    ValueTask ChannelContext.BasicAck(ulong deliveryTag, bool multiple)
    {
        if (multiple)
            throw new NotSupportedException("Messages are completed one by one");
        lock (_lock)
        {
            _done.Add(deliveryTag);
            if (_gathering is null)
                _last = _gathering = FlushAfter(_last);
            return new(_gathering);
        }
    }

    async Task ChannelContext.BasicNack(ulong deliveryTag, bool multiple, bool requeue)
    {
        await _channel.BasicNack(deliveryTag, multiple, requeue);
        lock (_lock)
            _settled.Add(deliveryTag);
    }

    // One after the other: an "up to here" must not overtake the single ones before it, or those would name what the broker no longer knows.
    private async Task FlushAfter(Task before)
    {
        // Never at once, even if the time is over already, as on a busy machine: the caller has yet to note that this flush is under way.
        await Task.WhenAll(before, Task.Delay(Gathering, _time, CancellationToken.None)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        var (upTo, alone) = Take();
        if (upTo is { } last)
            await _channel.BasicAck(last, multiple: true);
        foreach (var tag in alone)
            await _channel.BasicAck(tag, multiple: false);
    }

    private (ulong? UpTo, IReadOnlyCollection<ulong> Alone) Take()
    {
        lock (_lock)
        {
            var done = _done;
            (_done, _gathering) = ([], null);
            _settled.UnionWith(done);
            ulong? upTo = null;
            for (; _settled.Remove(_lowest); _lowest++)
            {
                // "Up to here" may only name a message that is still unacknowledged: for any other one the broker closes the channel.
                if (done.Remove(_lowest))
                    upTo = _lowest;
            }
            // What is left lies behind one that is still being worked on: alone, so that it is not held up.
            return (upTo, done);
        }
    }
}

/// <summary>Puts <see cref="GatheredAcknowledgements"/> around a receive endpoint's channel.</summary>
internal sealed class GatherAcknowledgementsFilter(TimeProvider time) : IFilter<ChannelContext>
{
    public Task Send(ChannelContext context, IPipe<ChannelContext> next) => next.Send(new GatheredAcknowledgements(context, time));

    public void Probe(ProbeContext context) => context.CreateFilterScope("gatherAcknowledgements");
}
