using System.Diagnostics.CodeAnalysis;
using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.CachingAnswers;

/// <summary>
/// Answers by identifier, each with its own time to live. Found customers and other answers have bounds of their own; full, each forgets the one
/// that was not used for longest. So a flood of unknown cards pushes nobody out.
/// </summary>
/// <param name="hits">How many found customers are held at most.</param>
/// <param name="misses">How many other answers are held at most.</param>
/// <param name="time">The clock of the lifetimes.</param>
internal sealed class AnswerCache(int hits, int misses, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Identifier, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _latestHitsFirst = new();
    private readonly LinkedList<Entry> _latestMissesFirst = new();

    /// <summary>How many answers are held, those that have expired unseen included; never more than both bounds together.</summary>
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
            var latestFirst = node.List!;
            latestFirst.Remove(node);
            latestFirst.AddFirst(node);
            answer = node.Value.Answer;
            return true;
        }
    }

    /// <summary>Keeps an answer in place of an older one; a lifetime of zero forgets the older one and keeps nothing.</summary>
    public void Keep(Identifier by, LookupAnswer answer, TimeSpan lifetime)
    {
        var (latestFirst, most) = answer.Customer is null ? (_latestMissesFirst, misses) : (_latestHitsFirst, hits);
        lock (_lock)
        {
            if (_entries.TryGetValue(by, out var older))
                Forget(older);
            if (lifetime <= TimeSpan.Zero || most < 1)
                return;
            if (latestFirst.Count >= most)
                Forget(latestFirst.Last!);
            _entries[by] = latestFirst.AddFirst(new Entry(by, answer, time.GetUtcNow() + lifetime));
        }
    }

    /// <summary>Forgets every answer that fits; looks at all of them.</summary>
    public void Forget(Func<Identifier, LookupAnswer, bool> fits)
    {
        lock (_lock)
        {
            foreach (var node in _entries.Values.Where(node => fits(node.Value.By, node.Value.Answer)).ToList())
                Forget(node);
        }
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        node.List!.Remove(node);
        _entries.Remove(node.Value.By);
    }

    private sealed record Entry(Identifier By, LookupAnswer Answer, DateTimeOffset Until);
}
