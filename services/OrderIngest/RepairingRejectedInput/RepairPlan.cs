using OrderIngest.JournalingOrders;
using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>What will come of one input: pure, from what was read and what the journal holds.</summary>
/// <param name="kept">The input.</param>
/// <param name="read">Everything in it.</param>
/// <param name="entries">Its orders; none when anything in it has a fault.</param>
internal sealed class RepairPlan(KeptInput kept, IReadOnlyList<ReadInput> read, IReadOnlyList<JournalEntry> entries)
{
    private const string NoOrder = "is no order";

    public IReadOnlyList<JournalEntry> Entries => entries;

    public RepairOutcome Outcome { get; set; }

    private IReadOnlyList<Fault> Faults => [.. read.SelectMany(input => input.Faults)];

    /// <summary>Compares with the orders that are there, or that would be.</summary>
    /// <param name="there">Content hashes of those in the journal.</param>
    /// <param name="before">Those of inputs before this one.</param>
    public void Compare(IReadOnlyDictionary<Guid, byte[]> there, PreviewedOrders before)
    {
        if (Faults.Count > 0)
            Outcome = RepairOutcome.Rejected;
        else if (entries.Count == 0)
            Outcome = RepairOutcome.NoOrder;
        else
        {
            var others = entries.Select(entry => (entry, Other: there.GetValueOrDefault(entry.OrderId) ?? before.HashOf(entry.OrderId))).ToList();
            if (others.Exists(pair => pair.Other is not null && !pair.Other.AsSpan().SequenceEqual(pair.entry.ContentHash)))
                Outcome = RepairOutcome.Conflict;
            else
            {
                Outcome = others.TrueForAll(pair => pair.Other is not null) ? RepairOutcome.Duplicate : RepairOutcome.Accepted;
                foreach (var (entry, _) in others)
                    before.Add(entry.OrderId, entry.ContentHash);
            }
        }
    }

    public RepairResult Result() =>
        RepairResult.Of(kept, Outcome, [.. entries.Select(entry => entry.OrderId)], Faults, Outcome == RepairOutcome.NoOrder ? $"It {NoOrder}: {Skipped}." : null);

    /// <param name="edited">Whether other bytes were tried: then the faults of the kept ones stand.</param>
    public Settlement Settlement(bool edited) => Outcome switch
    {
        RepairOutcome.Accepted => new(kept.Id, RejectedState.Resubmitted, entries[0].OrderId, edited ? "accepted with an edited body" : "accepted"),
        RepairOutcome.Duplicate => new(kept.Id, RejectedState.Resubmitted, entries[0].OrderId, "was in the journal already"),
        RepairOutcome.NoOrder => new(kept.Id, RejectedState.Dismissed, Note: $"{NoOrder}: {Skipped}"),
        RepairOutcome.Conflict when !edited => new(kept.Id, RejectedState.Open, entries[0].OrderId, Faults: [new("order", FaultKind.Changed)]),
        RepairOutcome.Rejected when !edited => new(kept.Id, RejectedState.Open, Faults: Faults),
        _ => new(kept.Id, RejectedState.Open),
    };

    private string Skipped => string.Join(", ", read.Select(input => input.Skipped).OfType<string>().Distinct());
}
