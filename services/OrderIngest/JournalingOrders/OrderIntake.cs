using System.Diagnostics;
using Microsoft.Extensions.Options;
using OrderIngest.ReadingOrders;
using OrderIngest.RelayingOrders;
using ServiceDefaults.Observing;

namespace OrderIngest.JournalingOrders;

/// <summary>Takes a stream of inputs into the journal in batches: while one batch is written the next is read. Memory stays flat.</summary>
internal sealed class OrderIntake(IJournal journal, RelaySignal relay, OrderIngestMetrics metrics, IOptions<OrderIngestOptions> options, TimeProvider time, ILogger<OrderIntake> log)
{
    // Rejected input may be large; a batch is also full when this many bytes wait.
    private const long LargestBatchBytes = 8 * 1024 * 1024;

    /// <summary>Reads to the end.</summary>
    /// <param name="inputs">What a reader found.</param>
    /// <param name="origin">For the rejected input: where it came from.</param>
    /// <param name="batchSize">Orders per statement; null = as configured.</param>
    /// <param name="rejected">Told about each conflict and each rejected input, in order.</param>
    /// <param name="progress">Told the counts after each batch is committed.</param>
    /// <param name="cancellationToken">Stops; what was committed stays.</param>
    public Task<IntakeCounts> TakeIn(
        IAsyncEnumerable<ReadInput> inputs, InputOrigin origin, int? batchSize, Action<ReadInput, RejectionReason, Guid?> rejected, Action<IntakeCounts>? progress, CancellationToken cancellationToken) =>
        TakeInStepwise(inputs, origin, batchSize, rejected, counts =>
        {
            progress?.Invoke(counts);
            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>As <see cref="TakeIn"/>; the next batch is not written before <paramref name="committed"/> has noted the one before it.</summary>
    public async Task<IntakeCounts> TakeInStepwise(
        IAsyncEnumerable<ReadInput> inputs, InputOrigin origin, int? batchSize, Action<ReadInput, RejectionReason, Guid?> rejected, Func<IntakeCounts, Task> committed, CancellationToken cancellationToken)
    {
        var largest = batchSize ?? options.Value.JournalBatchSize;
        var counts = default(IntakeCounts);
        var batch = new List<(ReadInput Input, JournalEntry? Entry)>(largest);
        long bytes = 0;
        var writing = Task.FromResult(counts);
        try
        {
            await foreach (var input in inputs.WithCancellation(cancellationToken))
            {
                batch.Add((input, input.Order is null ? null : Entry(input)));
                bytes += input.Raw.Sum(piece => (long)piece.Length);
                if (batch.Count < largest && bytes < LargestBatchBytes)
                    continue;
                counts = await writing;
                var (full, before) = (batch, counts);
                writing = Task.Run(() => Write(full, before), cancellationToken);
                (batch, bytes) = (new(largest), 0);
            }
        }
        finally
        {
            // Also when reading failed half-way: what was read in full is kept.
            counts = await writing;
        }
        counts = batch.Count == 0 ? counts : await Write(batch, counts);
        LogMessages.BatchDone(log, origin.Way, counts.Accepted, counts.Duplicates, counts.Conflicts, counts.Rejected);
        return counts;

        async Task<IntakeCounts> Write(List<(ReadInput Input, JournalEntry? Entry)> full, IntakeCounts before)
        {
            var after = await WriteBatch(full, before, origin, rejected, cancellationToken);
            await committed(after);
            return after;
        }
    }

    /// <summary>The order as it will be written, with a trace of its own.</summary>
    public JournalEntry Entry(ReadInput input)
    {
        // Each order is a trace of its own: thousands in one could not be read.
        var batch = Activity.Current;
        Activity.Current = null;
        using var activity = Telemetry.Source.StartActivity("take in order", ActivityKind.Internal, default(ActivityContext), links: batch is null ? null : [new(batch.Context)]);
        var entry = JournalEntry.Of(input.Order!, time.GetUtcNow());
        activity?.SetTag("order.id", entry.OrderId);
        Activity.Current = batch;
        return entry;
    }

    private async Task<IntakeCounts> WriteBatch(
        List<(ReadInput Input, JournalEntry? Entry)> batch, IntakeCounts counts, InputOrigin origin, Action<ReadInput, RejectionReason, Guid?> rejected, CancellationToken cancellationToken)
    {
        var entries = batch.Where(item => item.Entry is not null).Select(item => item.Entry!).ToList();
        IReadOnlyList<JournalAnswer> answers = entries.Count == 0 ? [] : await journal.Add(entries, cancellationToken);
        var kept = new List<RejectedInput>();
        var before = counts;
        var next = 0;
        foreach (var (input, entry) in batch)
        {
            if (input.Skipped is not null)
            {
                counts = counts with { Skipped = counts.Skipped + 1, Rows = counts.Rows + input.Rows };
                continue;
            }
            var answer = entry is null ? (JournalAnswer?)null : answers[next++];
            counts = answer switch
            {
                JournalAnswer.Accepted => counts with { Accepted = counts.Accepted + 1 },
                JournalAnswer.Duplicate => counts with { Duplicates = counts.Duplicates + 1 },
                JournalAnswer.Conflict => counts with { Conflicts = counts.Conflicts + 1, RejectedRows = counts.RejectedRows + input.Rows },
                _ => counts with { Rejected = counts.Rejected + 1, RejectedRows = counts.RejectedRows + input.Rows },
            };
            counts = counts with { Rows = counts.Rows + input.Rows };
            if (answer is JournalAnswer.Accepted or JournalAnswer.Duplicate)
                continue;
            var reason = entry is null ? RejectionReason.Invalid : RejectionReason.ChangedAfterAcceptance;
            kept.Add(Rejection(input, reason, entry?.OrderId, origin));
            rejected(input, reason, entry?.OrderId);
        }
        if (kept.Count > 0)
            await journal.Keep(kept, cancellationToken);
        if (counts.Accepted > before.Accepted)
            relay.Wake();
        Measure(batch, answers);
        return counts;
    }

    private void Measure(List<(ReadInput Input, JournalEntry? Entry)> batch, IReadOnlyList<JournalAnswer> answers)
    {
        var next = 0;
        foreach (var same in batch.Where(item => item.Input.Skipped is null).Select(item => (item.Input.Source, Store: item.Entry?.Order.StoreId, Answer: item.Entry is null ? (JournalAnswer?)null : answers[next++])).GroupBy(item => (item.Source, item.Answer)))
        {
            switch (same.Key.Answer)
            {
                case JournalAnswer.Accepted:
                    metrics.Accepted(same.Key.Source, [.. same.Select(item => item.Store!)]);
                    break;
                case JournalAnswer.Duplicate:
                    metrics.Duplicates(same.Key.Source, same.Count());
                    break;
                case JournalAnswer.Conflict:
                    metrics.Conflicts(same.Key.Source, same.Count());
                    break;
                default:
                    metrics.Rejected(same.Key.Source, same.Count());
                    break;
            }
        }
    }

    /// <summary>What is kept of an input that was not accepted.</summary>
    public RejectedInput Rejection(ReadInput input, RejectionReason reason, Guid? orderId, InputOrigin origin) => new()
    {
        Source = input.Source,
        Origin = origin.Way,
        Format = origin.Format,
        File = origin.File,
        Position = input.Position,
        HeaderBytes = input.HeaderBytes,
        Edge = input.Edge,
        Reason = reason,
        OrderId = orderId,
        Faults = input.Faults,
        Raw = input.JoinRaw(),
        FirstRow = input.FirstRow,
        Rows = input.Rows,
        ReceivedAt = time.GetUtcNow(),
    };
}

/// <summary>What became of a stream of inputs so far.</summary>
/// <param name="Accepted">New orders.</param>
/// <param name="Duplicates">Repetitions.</param>
/// <param name="Conflicts">Changed repetitions, kept with the rejected input.</param>
/// <param name="Rejected">Orders, or rows that belong to none, that break a rule.</param>
/// <param name="RejectedRows">Rows or lines in conflicts and rejected inputs.</param>
/// <param name="Rows">Rows or lines read.</param>
/// <param name="Skipped">Transactions that are no orders: training, cancelled, a sign-on.</param>
internal readonly record struct IntakeCounts(long Accepted, long Duplicates, long Conflicts, long Rejected, long RejectedRows, long Rows, long Skipped);
