namespace OrderIngest.JournalingOrders;

/// <summary>A batch in which the same sale may occur more than once: the first occurrence is written, the others are compared with it.</summary>
internal sealed class JournalBatch
{
    /// <summary>Both databases understand it.</summary>
    public const string CountStatement =
        """
        SELECT (SELECT count(*) FROM orders),
               (SELECT count(*) FROM orders WHERE published_at IS NULL),
               (SELECT count(*) FROM orders WHERE published_at IS NOT NULL AND acknowledged_at IS NULL),
               (SELECT count(*) FROM rejected_inputs),
               (SELECT coalesce(sum(rows), 0) FROM rejected_inputs),
               (SELECT count(*) FROM rejected_inputs WHERE reason = 'changed-after-acceptance')
        """;

    /// <summary>
    /// Both databases understand it; the parameter is the present. An order that was published again, or is about to be, lacks its journey as much as one that is overdue.
    /// </summary>
    public const string BacklogStatement =
        """
        SELECT (SELECT received_at FROM orders WHERE published_at IS NULL ORDER BY sequence LIMIT 1),
               (SELECT count(*) FROM orders WHERE published_at IS NULL),
               (SELECT count(*) FROM orders WHERE published_at IS NOT NULL AND acknowledged_at IS NULL AND (acknowledge_by <= {0} OR publications > 1))
                   + (SELECT count(*) FROM orders WHERE published_at IS NULL AND publications > 0)
        """;

    private readonly IReadOnlyList<JournalEntry> _all;
    private readonly Dictionary<Guid, JournalEntry> _first;

    private JournalBatch(IReadOnlyList<JournalEntry> all)
    {
        (_all, _first) = (all, new(all.Count));
        foreach (var entry in all)
            _first.TryAdd(entry.OrderId, entry);
        First = [.. _first.Values];
    }

    /// <summary>Each sale once.</summary>
    public IReadOnlyList<JournalEntry> First { get; }

    public static JournalBatch Of(IReadOnlyList<JournalEntry> entries) => new(entries);

    /// <summary>One answer per entry.</summary>
    /// <param name="inserted">Sales that were new.</param>
    /// <param name="there">Content hashes of the sales that were there before.</param>
    public IReadOnlyList<JournalAnswer> Answers(HashSet<Guid> inserted, Dictionary<Guid, byte[]> there)
    {
        var answers = new JournalAnswer[_all.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            var entry = _all[i];
            var first = _first[entry.OrderId];
            if (inserted.Contains(entry.OrderId) && ReferenceEquals(entry, first))
                answers[i] = JournalAnswer.Accepted;
            else
                answers[i] = entry.ContentHash.AsSpan().SequenceEqual(there.GetValueOrDefault(entry.OrderId, first.ContentHash)) ? JournalAnswer.Duplicate : JournalAnswer.Conflict;
        }
        return answers;
    }
}
