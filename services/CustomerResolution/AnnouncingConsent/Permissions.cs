using Contracts.CustomerResolution;

namespace CustomerResolution.AnnouncingConsent;

/// <summary>
/// When customers were last said to be free to be tracked again, by notices that came to this instance. Bounded: of more than it holds the oldest is forgotten,
/// and a remembered answer then forbids until its time is over, as it does at other instances.
/// </summary>
/// <param name="most">How many are held.</param>
/// <param name="time">The clock that answers are stamped by.</param>
internal sealed class Permissions(int most, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Email, DateTimeOffset At)>> _byEmail = [];
    private readonly LinkedList<(string Email, DateTimeOffset At)> _oldestFirst = new();

    /// <summary>Notes that from now on no earlier answer forbids to track whose address this is.</summary>
    public void Note(string email)
    {
        lock (_lock)
        {
            if (_byEmail.Remove(email, out var earlier))
                _oldestFirst.Remove(earlier);
            else if (_byEmail.Count >= most)
                Forget(_oldestFirst.First!);
            _byEmail[email] = _oldestFirst.AddLast((email, time.GetUtcNow()));
        }
    }

    /// <summary>Since when answers count that forbid it; null where all do.</summary>
    public DateTimeOffset? Since(string email)
    {
        lock (_lock)
            return _byEmail.TryGetValue(email, out var node) ? node.Value.At : null;
    }

    /// <summary>Forgets what was said of a customer who is erased.</summary>
    public void Forget(string customerKey)
    {
        lock (_lock)
        {
            foreach (var node in _byEmail.Values.Where(node => CustomerKey.Of(node.Value.Email) == customerKey).ToList())
                Forget(node);
        }
    }

    private void Forget(LinkedListNode<(string Email, DateTimeOffset At)> oldest)
    {
        _oldestFirst.Remove(oldest);
        _byEmail.Remove(oldest.Value.Email);
    }
}
