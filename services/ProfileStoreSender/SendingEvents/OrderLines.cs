namespace ProfileStoreSender.SendingEvents;

/// <summary>
/// Those who wait for a request: a line of fresh orders, one of those that are asked for again, and one of those that must not share a request. While
/// both of the first two wait, three places of four are for fresh orders and one is for the others, so that neither a backlog nor a rush starves anybody.
/// </summary>
/// <param name="mostEvents">Most events of one request.</param>
/// <param name="mostBytes">Largest request.</param>
/// <param name="gatherFor">How long the first waits for company.</param>
/// <param name="mostAskedFor">How many that are asked for again may wait here, so that they do not keep fresh orders from getting here at all.</param>
/// <param name="time">The clock.</param>
internal sealed class OrderLines(int mostEvents, int mostBytes, TimeSpan gatherFor, int mostAskedFor, TimeProvider time)
{
    /// <summary>One place of so many is for those that are asked for again.</summary>
    internal const int TurnOfAskedFor = 4;

    private readonly Lock _lock = new();
    private readonly LinkedList<WaitingEvent> _fresh = new(), _askedFor = new(), _alone = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _turn;
    private long _bytes;
    private bool _aloneHadTurn;

    private int Count => _fresh.Count + _askedFor.Count + _alone.Count;

    /// <summary>Puts one at the end of its line; null where there is no place for it.</summary>
    public WaitingEvent? Add(EventToSend toSend)
    {
        var line = toSend.Alone ? _alone : toSend.IsFresh ? _fresh : _askedFor;
        lock (_lock)
        {
            // Looked at and taken in one go: dozens come at once, and each would find the last place free.
            if (line == _askedFor && line.Count >= mostAskedFor)
                return null;
            var waiting = new WaitingEvent(toSend, time.GetUtcNow());
            line.AddLast(waiting.Node);
            _bytes += BytesOf(waiting);
            _changed.TrySetResult();
            return waiting;
        }
    }

    /// <summary>Takes one out again; false when it is in a request already.</summary>
    public bool Remove(WaitingEvent waiting)
    {
        lock (_lock)
            return Take(waiting);
    }

    /// <summary>Waits until a request is worth making: somebody is there, and it is full or the first has waited for company long enough.</summary>
    public async Task UntilWorthIt(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            TimeSpan? wait = null;
            lock (_lock)
            {
                if (Count > 0)
                {
                    wait = _alone.Count > 0 || Count >= mostEvents || _bytes >= mostBytes ? TimeSpan.Zero : Oldest + gatherFor - time.GetUtcNow();
                    if (wait <= TimeSpan.Zero)
                        return;
                }
                if (_changed.Task.IsCompleted)
                    _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
                changed = _changed.Task;
            }
            if (wait is null)
            {
                await changed.WaitAsync(cancellationToken);
                continue;
            }
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.Value.TotalMilliseconds)), time, timer.Token));
            await timer.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Takes out what the next request carries, by count and bytes; empty when nobody waits any more.</summary>
    /// <param name="most">Most events, below the usual number where somebody only tries.</param>
    public IReadOnlyList<WaitingEvent> TakeRequest(int most)
    {
        lock (_lock)
        {
            // Each second request, so that those who must travel alone are not held up by the others, nor hold them up.
            _aloneHadTurn = _alone.Count > 0 && (!_aloneHadTurn || _fresh.Count + _askedFor.Count == 0);
            if (_aloneHadTurn)
                return [TakeFirst(_alone)];
            var taken = new List<WaitingEvent>();
            for (long bytes = 2; taken.Count < Math.Min(most, mostEvents) && Next() is { } line;)
            {
                bytes += BytesOf(line.First!.Value);
                if (taken.Count > 0 && bytes > mostBytes)
                    break;
                if (_fresh.Count > 0 && _askedFor.Count > 0)
                    _turn++;
                taken.Add(TakeFirst(line));
            }
            return taken;
        }
    }

    /// <summary>Takes out everybody.</summary>
    public IReadOnlyList<WaitingEvent> TakeAll()
    {
        lock (_lock)
        {
            List<WaitingEvent> all = [.. _fresh, .. _askedFor, .. _alone];
            all.ForEach(waiting => Take(waiting));
            return all;
        }
    }

    private DateTimeOffset Oldest => new[] { _fresh.First, _askedFor.First }.Min(first => first?.Value.Since) ?? DateTimeOffset.MinValue;

    private LinkedList<WaitingEvent>? Next() =>
        _askedFor.Count > 0 && (_fresh.Count == 0 || _turn % TurnOfAskedFor == TurnOfAskedFor - 1) ? _askedFor : _fresh.Count > 0 ? _fresh : null;

    private WaitingEvent TakeFirst(LinkedList<WaitingEvent> line)
    {
        var first = line.First!.Value;
        Take(first);
        return first;
    }

    private bool Take(WaitingEvent waiting)
    {
        if (waiting.Node.List is not { } line)
            return false;
        line.Remove(waiting.Node);
        _bytes -= BytesOf(waiting);
        return true;
    }

    // With the comma behind it.
    private static int BytesOf(WaitingEvent waiting) => waiting.ToSend.Event.Body.Length + 1;
}
