using System.Collections.Concurrent;
using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.Tests.UnderLoad;

/// <summary>
/// The ledger's table in memory, for one process that sends: hundreds of thousands of orders would keep SQLite busy for a quarter of an hour (measured:
/// 1 ms of CPU per order that is left to the journey). What SQL makes of claims and outcomes is tested with the databases.
/// </summary>
internal sealed class RememberedLedger : ILedgerStore
{
    private readonly ConcurrentDictionary<Guid, LedgerEntry> _rows = new();

    public Task<IReadOnlyList<ClaimResult>> Claim(ClaimBatch batch, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ClaimResult>>([.. batch.Claims.Select(claim =>
    {
        if (_rows.TryGetValue(claim.OrderId, out var row) && row.State == DeliveryState.Accepted)
            return new ClaimResult(false, row);
        return ClaimResult.Of(true, _rows[claim.OrderId] = Row(row, claim.OrderId, claim.TrackId, batch.Now) with
        {
            State = DeliveryState.Sending,
            Attempts = (row?.Attempts ?? 0) + 1,
            Uncertain = (row?.Uncertain ?? 0) + (row?.MayHaveArrived == true ? 1 : 0),
        });
    })]);

    public Task<IReadOnlyList<LedgerEntry>> Record(OutcomeBatch batch, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<LedgerEntry>>([.. batch.Outcomes.Select(outcome =>
    {
        _rows.TryGetValue(outcome.OrderId, out var row);
        return row?.State == DeliveryState.Accepted ? row : _rows[outcome.OrderId] = Row(row, outcome.OrderId, outcome.TrackId, batch.Now) with
        {
            State = outcome.State,
            StatusCode = outcome.StatusCode,
            MayHaveArrived = outcome.MayHaveArrived ?? row?.MayHaveArrived ?? false,
        };
    })]);

    public Task<IReadOnlyList<LedgerEntry>> OfOrder(Guid orderId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LedgerEntry>>(_rows.TryGetValue(orderId, out var row) ? [row] : []);

    public Task<IReadOnlyList<LedgerEntry>> List(LedgerFilter filter, DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<LedgerEntry>>(
    [
        .. _rows.Values.Where(row => (filter.State is null || row.State == filter.State) && (filter.Destination is null || row.Destination == filter.Destination))
            .Where(row => filter.After is not { } after || row.OrderId.CompareTo(after.OrderId) > 0).OrderBy(row => row.OrderId).Take(filter.Limit),
    ]);

    public Task<IReadOnlyList<StateCount>> Summarize(DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StateCount>>(
        [.. _rows.Values.GroupBy(row => (row.Destination, row.State)).Select(rows => new StateCount(rows.Key.Destination, rows.Key.State, rows.Count(), rows.Sum(row => row.Uncertain)))]);

    private static LedgerEntry Row(LedgerEntry? row, Guid orderId, string trackId, DateTimeOffset now)
    {
        row ??= new()
        {
            OrderId = orderId,
            Destination = "profile-store",
            State = DeliveryState.Sending,
            Attempts = 0,
            Uncertain = 0,
            RepeatsUnknown = false,
            MayHaveArrived = false,
            TrackId = trackId,
            FirstAt = now,
            UpdatedAt = now,
        };
        return row with { UpdatedAt = now };
    }
}
