using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.SendingEvents;

/// <summary>
/// Claims and sends. Whoever is ready shares the next request; its turn is taken by the request and not by each order, right before it leaves, so that a
/// lone order never waits for company (unless that is set) and a backlog travels in full requests. Each order is claimed by itself.
/// </summary>
internal sealed class SharedRequests : IAsyncDisposable
{
    /// <summary>Requests under way at a time, where nothing else is set.</summary>
    internal const int RequestsAtOnce = 4;

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    private readonly IDestination _destination;
    private readonly Ledger _ledger;
    private readonly DestinationGate _gate;
    private readonly TimeProvider _time;
    private readonly OrderLines _lines;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _stop = new(), _abort = new();
    private readonly Task _loop;

    /// <param name="destination">Where to.</param>
    /// <param name="ledger">Who may.</param>
    /// <param name="gate">When.</param>
    /// <param name="mostAskedFor">How many that are asked for again may wait here, so that they do not keep fresh orders from getting here at all.</param>
    /// <param name="time">The clock.</param>
    public SharedRequests(IDestination destination, Ledger ledger, DestinationGate gate, int mostAskedFor, TimeProvider time)
    {
        _destination = destination;
        (_ledger, _gate, _time) = (ledger, gate, time);
        _lines = new(destination.Options.BatchSize, destination.Limits.RequestBytes, destination.Options.GatherFor, mostAskedFor, time);
        _slots = new(destination.Options.Concurrency);
        _loop = Task.Run(MakeRequests);
    }

    /// <summary>Sends once, if the ledger allows it and the destination can be expected to take it in time.</summary>
    /// <param name="toSend">The event.</param>
    /// <param name="waiting">Ends waiting, not sending: a request that has begun is worth its answer.</param>
    /// <param name="stopping">Ends both.</param>
    public async Task<SentEvent> Send(EventToSend toSend, CancellationToken waiting, CancellationToken stopping)
    {
        waiting.ThrowIfCancellationRequested();
        if (_lines.Add(toSend) is not { } place)
            return SentEvent.Postponed;
        _gate.BeginsToWait();
        using var leaves = waiting.Register(() =>
        {
            if (!_lines.Remove(place))
                return;
            _gate.EndsWaiting();
            place.Done.TrySetCanceled(waiting);
        });
        return await place.Done.Task.WaitAsync(stopping);
    }

    /// <summary>Waits for what is under way, for five seconds at most, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        foreach (var waiting in _lines.TakeAll())
            waiting.Done.TrySetException(new ObjectDisposedException(nameof(SharedRequests)));
        _abort.CancelAfter(LongestStop);
        for (var free = 0; free < _destination.Options.Concurrency; free++)
            await _slots.WaitAsync(CancellationToken.None);
        _slots.Dispose();
        _stop.Dispose();
        _abort.Dispose();
    }

    private async Task MakeRequests()
    {
        try
        {
            while (true)
            {
                await _lines.UntilWorthIt(_stop.Token);
                await _slots.WaitAsync(_stop.Token);
                var isMade = false;
                try
                {
                    isMade = await MakeRequest();
                }
                finally
                {
                    if (!isMade)
                        _slots.Release();
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    /// <summary>False when no request came of it; otherwise its end frees the slot.</summary>
    private async Task<bool> MakeRequest()
    {
        var permit = await _gate.Enter(_stop.Token);
        if (permit is null)
        {
            foreach (var waiting in _lines.TakeAll())
            {
                _gate.EndsWaiting();
                waiting.Done.TrySetResult(SentEvent.Postponed);
            }
            return false;
        }
        var events = _lines.TakeRequest(permit.IsProbe ? 1 : int.MaxValue);
        if (events.Count == 0)
        {
            permit.Dispose();
            return false;
        }
        _ = Task.Run(() => Send(events, permit));
        return true;
    }

    private async Task Send(IReadOnlyList<WaitingEvent> events, SendingPermit permit)
    {
        foreach (var _ in events)
            _gate.EndsWaiting();
        var sent = new SentEvent?[events.Count];
        Exception? failure = null;
        try
        {
            using (permit)
                await SendTaken(events, sent, permit);
        }
        catch (Exception exception)
        {
            // Nothing is swallowed: it goes to those whose event it was.
            failure = exception;
        }
        for (var i = 0; i < events.Count; i++)
        {
            if (sent[i] is { } answer)
                events[i].Done.TrySetResult(answer);
            else if (failure is not null)
                events[i].Done.TrySetException(failure);
        }
        _slots.Release();
    }

    private async Task SendTaken(IReadOnlyList<WaitingEvent> events, SentEvent?[] sent, SendingPermit permit)
    {
        var claims = events.Select(one => _ledger.Claim(one.ToSend.Claim, _abort.Token)).ToList();
        var taken = new List<int>(events.Count);
        for (var i = 0; i < claims.Count; i++)
        {
            try
            {
                var claim = await claims[i];
                if (claim.Taken)
                    taken.Add(i);
                else
                    sent[i] = new(claim, null, TimeSpan.Zero);
            }
            catch (Exception exception)
            {
                // An order that cannot be claimed fails alone.
                events[i].Done.TrySetException(exception);
            }
        }
        if (taken.Count == 0)
            return;
        var (at, begun) = (_time.GetUtcNow(), _time.GetTimestamp());
        var answer = await _destination.Send([.. taken.Select(i => events[i].ToSend.Event)], _abort.Token);
        var took = _time.GetElapsedTime(begun);
        permit.Answered(new(at, taken.Count, answer));
        foreach (var i in taken)
            sent[i] = new(await claims[i], answer, took);
    }
}
