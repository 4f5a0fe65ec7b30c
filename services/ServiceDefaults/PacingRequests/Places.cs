namespace ServiceDefaults.PacingRequests;

/// <summary>
/// So many places, given out in the order of asking; who goes first goes before all others. Nobody waits beyond his time: that is looked at whenever a place
/// becomes free, so it costs no timer for each who waits.
/// </summary>
/// <param name="free">How many places there are.</param>
/// <param name="time">The clock of the waiting.</param>
public sealed class Places(int free, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _first = new();
    private readonly LinkedList<Waiter> _others = new();
    private int _free = free;

    /// <summary>Waits for a place. False, and no place, when there was none by <paramref name="until"/>, UTC.</summary>
    public async Task<bool> Enter(bool goesFirst, DateTimeOffset until, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return true;
            }
            waiter = new(until);
            (goesFirst ? _first : _others).AddLast(waiter.Node);
        }
        using var leaves = cancellationToken.Register(() => GiveUp(waiter, cancellationToken));
        return await waiter.Turn.Task;
    }

    /// <summary>Gives the place back.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            SendAway(_first, now);
            SendAway(_others, now);
            if ((_first.First ?? _others.First) is { } next)
                Answer(next.Value, true);
            else
                _free++;
        }
    }

    private static void SendAway(LinkedList<Waiter> waiters, DateTimeOffset now)
    {
        while (waiters.First is { } longest && longest.Value.Until <= now)
            Answer(longest.Value, false);
    }

    private static void Answer(Waiter waiter, bool hasPlace)
    {
        waiter.Node.List!.Remove(waiter.Node);
        waiter.Turn.SetResult(hasPlace);
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Who has got a place already keeps it, and finds out at the next wait.
            if (waiter.Node.List is not { } waiters)
                return;
            waiters.Remove(waiter.Node);
            waiter.Turn.SetCanceled(cancellationToken);
        }
    }

    private sealed class Waiter
    {
        public Waiter(DateTimeOffset until) => (Until, Node) = (until, new(this));

        public DateTimeOffset Until { get; }

        public LinkedListNode<Waiter> Node { get; }

        public TaskCompletionSource<bool> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
