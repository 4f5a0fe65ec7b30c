using System.Diagnostics.CodeAnalysis;
using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.CachingAnswers;

/// <summary>Answers by identifier, each with its own time to live. Full, it forgets the one that was not used for longest.</summary>
internal sealed class AnswerCache(int capacity, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Identifier, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _latestFirst = new();

    /// <summary>How many answers are held, those that have expired unseen included; never more than the capacity.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    public bool TryGet(Identifier by, [NotNullWhen(true)] out LookupAnswer? answer)
    {
        lock (_lock)
        {
            answer = null;
            if (!_entries.TryGetValue(by, out var node))
                return false;
            if (node.Value.Until <= time.GetUtcNow())
            {
                Forget(node);
                return false;
            }
            _latestFirst.Remove(node);
            _latestFirst.AddFirst(node);
            answer = node.Value.Answer;
            return true;
        }
    }

    /// <summary>Keeps an answer in place of an older one; a lifetime of zero forgets the older one and keeps nothing.</summary>
    public void Keep(Identifier by, LookupAnswer answer, TimeSpan lifetime)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(by, out var older))
                Forget(older);
            if (lifetime <= TimeSpan.Zero || capacity < 1)
                return;
            if (_entries.Count >= capacity)
                Forget(_latestFirst.Last!);
            _entries[by] = _latestFirst.AddFirst(new Entry(by, answer, time.GetUtcNow() + lifetime));
        }
    }

    /// <summary>Forgets one answer.</summary>
    public void Forget(Identifier by)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(by, out var node))
                Forget(node);
        }
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        _latestFirst.Remove(node);
        _entries.Remove(node.Value.By);
    }

    private sealed record Entry(Identifier By, LookupAnswer Answer, DateTimeOffset Until);
}
