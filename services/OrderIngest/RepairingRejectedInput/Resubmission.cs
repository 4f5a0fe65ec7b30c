using Microsoft.Extensions.Options;
using OrderIngest.JournalingOrders;
using OrderIngest.ReadingOrders;
using OrderIngest.RelayingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>
/// Reads rejected input again and takes into the journal what passes. An input is taken whole or not at all: half a repair would have to be repaired again. Goes
/// through any number of inputs a few at a time; stopped half-way, what was done stays done and pressing again goes on.
/// </summary>
internal sealed class Resubmission(
    RejectedInputs inputs, RejectedRepairs repairs, ReadingAgain reading, OrderIntake intake, IJournal journal, RelaySignal relay, OrderIngestMetrics metrics,
    IOptions<OrderIngestOptions> options, TimeProvider time, ILogger<Resubmission> log)
{
    private const long MostBytes = 8 * 1024 * 1024;

    // Named ones are loaded without looking at their sizes first.
    private const int NamedAtATime = 20;

    private int AtATime => options.Value.JournalBatchSize;

    /// <summary>Named ones, or with a filter all that are open.</summary>
    public async Task<RepairReport> Run(IReadOnlyList<long>? ids, RejectedFilter filter, RejectedScope scope, bool dryRun, int mostListed, CancellationToken cancellationToken)
    {
        var report = new RepairReport(dryRun, mostListed);
        var previewed = new PreviewedOrders();
        if (ids is not null)
        {
            foreach (var some in ids.Distinct().Order().Chunk(NamedAtATime))
                await Batch(some);
        }
        else if (await inputs.Last(filter, cancellationToken) is { } last)
        {
            RejectedPlace? after = null;
            while (await inputs.Next(filter, after, AtATime, MostBytes, cancellationToken) is [.., var end] page)
            {
                var meant = page.Where(place => !place.IsBehind(last)).Select(place => place.Id).ToList();
                if (meant.Count > 0)
                    await Batch(meant);
                if (meant.Count < page.Count)
                    break;
                after = end;
            }
        }
        if (!dryRun)
            LogMessages.Resubmitted(log, scope.By, report.Accepted, report.Duplicates, report.Conflicts, report.Rejected);
        return report;

        async Task Batch(IReadOnlyCollection<long> some)
        {
            var results = dryRun ? await Preview(some, null, scope, previewed, cancellationToken) : await Take(some, null, scope, cancellationToken);
            foreach (var result in results)
                report.Add(result);
        }
    }

    /// <summary>A single one, with its own bytes or edited ones; null when there is no such input for whoever asks.</summary>
    public async Task<RepairResult?> One(long id, EditedBody? edited, RejectedScope scope, bool dryRun, CancellationToken cancellationToken)
    {
        var results = dryRun ? await Preview([id], edited, scope, new(), cancellationToken) : await Take([id], edited, scope, cancellationToken);
        if (!dryRun && results is [var result])
        {
            long Is(RepairOutcome outcome) => result.Outcome == RepairOutcomeText.Of(outcome) ? 1 : 0;
            LogMessages.Resubmitted(log, scope.By, Is(RepairOutcome.Accepted), Is(RepairOutcome.Duplicate), Is(RepairOutcome.Conflict), Is(RepairOutcome.Rejected));
        }
        return results is [var one] ? one : null;
    }

    private async Task<IReadOnlyList<RepairResult>> Preview(IReadOnlyCollection<long> ids, EditedBody? edited, RejectedScope scope, PreviewedOrders previewed, CancellationToken cancellationToken)
    {
        var kept = await inputs.Load(ids, scope.Source, cancellationToken);
        var plans = await Plan([.. kept.Where(IsOpen)], edited, previewed, input => JournalEntry.Of(input.Order!, time.GetUtcNow()), cancellationToken);
        return [.. plans.Select(plan => plan.Result()).Concat(kept.Where(one => !IsOpen(one)).Select(NotOpen)).OrderBy(result => result.Id)];
    }

    private async Task<IReadOnlyList<RepairResult>> Take(IReadOnlyCollection<long> ids, EditedBody? edited, RejectedScope scope, CancellationToken cancellationToken)
    {
        var results = await repairs.Repair(ids, scope.Source, scope.By, (kept, token) => TakeHeld(kept, edited, token), edited, cancellationToken);
        if (results.Any(result => result.Outcome == RepairOutcomeText.Of(RepairOutcome.Accepted)))
            relay.Wake();
        var missing = ids.Except(results.Select(result => result.Id)).ToList();
        return missing.Count == 0 ? results : [.. results.Concat((await inputs.Load(missing, scope.Source, cancellationToken)).Select(NotOpen)).OrderBy(result => result.Id)];
    }

    private async Task<IReadOnlyList<(RepairResult, Settlement)>> TakeHeld(IReadOnlyList<KeptInput> kept, EditedBody? edited, CancellationToken cancellationToken)
    {
        var plans = await Plan(kept, edited, new(), intake.Entry, cancellationToken);
        var passing = plans.Where(plan => plan.Outcome is RepairOutcome.Accepted or RepairOutcome.Duplicate).ToList();
        var entries = passing.SelectMany(plan => plan.Entries).ToList();
        var answers = entries.Count == 0 ? [] : await journal.Add(entries, cancellationToken);
        var next = 0;
        foreach (var plan in passing)
        {
            var own = plan.Entries.Select(_ => answers[next++]).ToList();
            // What the journal says stands: it may have been sent by itself since it was looked up.
            plan.Outcome = own.Contains(JournalAnswer.Conflict) ? RepairOutcome.Conflict : own.Contains(JournalAnswer.Accepted) ? RepairOutcome.Accepted : RepairOutcome.Duplicate;
            foreach (var same in own.Zip(plan.Entries).GroupBy(pair => (pair.First, pair.Second.Order.Source)))
            {
                if (same.Key.First == JournalAnswer.Accepted)
                    metrics.Accepted(same.Key.Source, same.Count());
            }
        }
        return [.. plans.Select(plan => (plan.Result(), plan.Settlement(edited is not null)))];
    }

    /// <summary>What will come of each, without writing anything.</summary>
    private async Task<IReadOnlyList<RepairPlan>> Plan(
        IReadOnlyList<KeptInput> kept, EditedBody? edited, PreviewedOrders previewed, Func<ReadInput, JournalEntry> entry, CancellationToken cancellationToken)
    {
        var plans = new List<RepairPlan>(kept.Count);
        foreach (var one in kept)
        {
            var read = await reading.Read(one, edited, cancellationToken);
            plans.Add(new(one, read, read.Any(input => input.Faults.Count > 0) ? [] : [.. read.Where(input => input.Order is not null).Select(entry)]));
        }
        var there = plans.Exists(plan => plan.Entries.Count > 0)
            ? await repairs.ContentHashes([.. plans.SelectMany(plan => plan.Entries).Select(order => order.OrderId).Distinct()], cancellationToken)
            : new Dictionary<Guid, byte[]>();
        foreach (var plan in plans)
            plan.Compare(there, previewed);
        return plans;
    }

    private static bool IsOpen(KeptInput kept) => kept.Entry.State == RejectedStateText.Of(RejectedState.Open);

    private static RepairResult NotOpen(KeptInput kept) => RepairResult.Of(
        kept, RepairOutcome.NotOpen, kept.Entry.OrderId is { } id ? [id] : [], [],
        IsOpen(kept) ? "Somebody else is repairing it at this moment." : $"It was {kept.Entry.State} before, by {kept.Entry.StateBy}.");
}
