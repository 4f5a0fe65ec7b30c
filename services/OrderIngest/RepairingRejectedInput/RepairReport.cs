using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>What came of a repair, or would come of it.</summary>
internal sealed class RepairReport(bool dryRun, int mostListed)
{
    private const int MostKinds = 100;

    private readonly Dictionary<string, long> _kinds = new(StringComparer.Ordinal);
    private readonly List<RepairResult> _entries = [];
    private readonly long[] _counts = new long[Enum.GetValues<RepairOutcome>().Length];

    /// <summary>True when nothing was written: the counts say what would come of it.</summary>
    public bool DryRun { get; } = dryRun;

    /// <summary>Inputs that were looked at.</summary>
    public long Inputs => _counts.Sum();

    /// <summary>Their orders are new.</summary>
    public long Accepted => _counts[(int)RepairOutcome.Accepted];

    /// <summary>Their orders were in the journal already, unchanged.</summary>
    public long Duplicates => _counts[(int)RepairOutcome.Duplicate];

    /// <summary>They would change an order that was accepted.</summary>
    public long Conflicts => _counts[(int)RepairOutcome.Conflict];

    /// <summary>They still break a rule.</summary>
    public long Rejected => _counts[(int)RepairOutcome.Rejected];

    /// <summary>They hold no order.</summary>
    public long NoOrders => _counts[(int)RepairOutcome.NoOrder];

    /// <summary>They were repaired or dismissed before, or are being repaired by somebody else.</summary>
    public long NotOpen => _counts[(int)RepairOutcome.NotOpen];

    /// <summary>What is wrong with the rejected ones, the most frequent first.</summary>
    public IEnumerable<StillWrong> StillWrong => _kinds.OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal).Take(MostKinds).Select(kind => new StillWrong(kind.Key, kind.Value));

    /// <summary>The first of them one by one, oldest first.</summary>
    public IReadOnlyList<RepairResult> Entries => _entries;

    /// <summary>How many more are not listed one by one.</summary>
    public long NotListed => Inputs - _entries.Count;

    public void Add(RepairResult result)
    {
        var outcome = Enum.GetValues<RepairOutcome>().Single(known => RepairOutcomeText.Of(known) == result.Outcome);
        _counts[(int)outcome]++;
        if (outcome == RepairOutcome.Rejected)
        {
            // Kinds are few; a bound keeps a strange file from filling the memory.
            foreach (var kind in FaultKind.Of(result.Faults).Where(kind => _kinds.Count < 10 * MostKinds || _kinds.ContainsKey(kind)))
                _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
        }
        if (_entries.Count < mostListed)
            _entries.Add(result);
    }
}

/// <summary>A kind of fault that keeps inputs from being accepted.</summary>
/// <param name="Fault">The kind.</param>
/// <param name="Inputs">Inputs that have it.</param>
internal sealed record StillWrong(string Fault, long Inputs);
