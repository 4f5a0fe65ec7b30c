using ServiceDefaults.GroupingCommits;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.KeepingTheLedger;

/// <summary>The ledger as this process uses it: concurrent orders share statements, and a database that is away is waited for.</summary>
internal sealed class Ledger : IAsyncDisposable
{
    /// <summary>How much longer a claim lasts than a request may: room for writing the outcome, and for clocks that differ.</summary>
    public static readonly TimeSpan LeaseBeyondTimeout = TimeSpan.FromSeconds(5);

    private const int LargestBatch = 500;

    private readonly ILedgerStore _store;
    private readonly ServiceDatabase _database;
    private readonly TimeSpan _lease;
    private readonly TimeProvider _time;
    private readonly Guid _process = Guid.NewGuid();
    private readonly GroupCommit<LedgerClaim, ClaimResult> _claims;
    private readonly GroupCommit<LedgerOutcome, LedgerEntry> _outcomes;

    public Ledger(ILedgerStore store, ServiceDatabase database, TimeSpan lease, TimeProvider time)
    {
        (_store, _database, _lease, _time) = (store, database, lease, time);
        _claims = new(ClaimTogether, LargestBatch);
        _outcomes = new(RecordTogether, LargestBatch);
    }

    /// <summary>Asks for the right to send.</summary>
    public Task<ClaimResult> Claim(LedgerClaim claim, CancellationToken cancellationToken) => _claims.Add(claim, cancellationToken);

    /// <summary>Writes an outcome; the answer is the row as it is then, which another process may have settled.</summary>
    public Task<LedgerEntry> Record(LedgerOutcome outcome, CancellationToken cancellationToken) => _outcomes.Add(outcome, cancellationToken);

    /// <summary>One row, or null.</summary>
    public Task<LedgerEntry?> Find(Guid orderId, string destination, CancellationToken cancellationToken) => _database.Run(
        async token => (await _store.OfOrder(orderId, token)).FirstOrDefault(entry => entry.Destination == destination), cancellationToken);

    /// <summary>For an HTTP request: the rows of one order.</summary>
    public Task<IReadOnlyList<LedgerEntry>> OfOrder(Guid orderId, CancellationToken cancellationToken) =>
        _database.RunPatiently(token => _store.OfOrder(orderId, token), cancellationToken);

    /// <summary>For an HTTP request: some rows, in the order of their keys.</summary>
    public Task<IReadOnlyList<LedgerEntry>> List(LedgerFilter filter, CancellationToken cancellationToken) =>
        _database.RunPatiently(token => _store.List(filter, _time.GetUtcNow(), token), cancellationToken);

    /// <summary>For an HTTP request: counts.</summary>
    public Task<IReadOnlyList<StateCount>> Summarize(CancellationToken cancellationToken) =>
        _database.RunPatiently(token => _store.Summarize(_time.GetUtcNow(), token), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _claims.DisposeAsync();
        await _outcomes.DisposeAsync();
    }

    private async Task<IReadOnlyList<ClaimResult>> ClaimTogether(IReadOnlyList<LedgerClaim> claims, CancellationToken cancellationToken)
    {
        // Of two claims for one order in a batch only the later is asked: nobody waits for the earlier any more, or it may try again.
        var last = claims.Select((claim, index) => (Key: (claim.OrderId, claim.Destination), index)).GroupBy(item => item.Key).ToDictionary(group => group.Key, group => group.Max(item => item.index));
        var asked = claims.Where((claim, index) => last[(claim.OrderId, claim.Destination)] == index).ToList();
        var now = _time.GetUtcNow();
        var answers = await _database.Run(token => _store.Claim(new(asked, _process, now, now + _lease), token), cancellationToken);
        var results = asked.Zip(answers, (claim, result) => result with { MustAsk = MustAsk(claim, result, now) }).ToList();
        if (asked.Count == claims.Count)
            return results;
        var byKey = asked.Zip(results).ToDictionary(pair => (pair.First.OrderId, pair.First.Destination), pair => pair.Second);
        return [.. claims.Select((claim, index) => last[(claim.OrderId, claim.Destination)] == index ? byKey[(claim.OrderId, claim.Destination)] : new ClaimResult(false, null))];
    }

    /// <summary>Whoever lives and sends will tell; for everybody else the destination has to be asked.</summary>
    private bool MustAsk(LedgerClaim claim, ClaimResult result, DateTimeOffset now) =>
        !result.Taken && claim.AskedAfterAttempts is not null && result.Entry is { MayHaveArrived: true } entry && !entry.Settles(claim)
        && (entry.ClaimedBy is null || entry.ClaimedBy == _process || entry.ClaimedUntil < now);

    private async Task<IReadOnlyList<LedgerEntry>> RecordTogether(IReadOnlyList<LedgerOutcome> outcomes, CancellationToken cancellationToken)
    {
        var lastByKey = new Dictionary<(Guid, string), LedgerOutcome>(outcomes.Count);
        foreach (var outcome in outcomes)
            lastByKey[(outcome.OrderId, outcome.Destination)] = outcome;
        LedgerOutcome[] written = [.. lastByKey.Values];
        var entries = await _database.Run(token => _store.Record(new(written, _process, _time.GetUtcNow()), token), cancellationToken);
        var entryByKey = entries.ToDictionary(entry => (entry.OrderId, entry.Destination));
        return [.. outcomes.Select(outcome => entryByKey[(outcome.OrderId, outcome.Destination)])];
    }
}
