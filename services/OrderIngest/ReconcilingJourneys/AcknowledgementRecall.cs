using Dapper;
using OrderIngest.JournalingOrders;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.ReconcilingJourneys;

/// <summary>
/// Has journal and journeys compared once more where journeys were lost: an order that was acknowledged is not asked about again by itself. What a journey knows is
/// acknowledged anew, what none knows is published again; both are done by <see cref="JourneyReconciliation"/> in the running service.
/// </summary>
internal sealed class AcknowledgementRecall(ServiceDatabase database, TimeProvider time)
{
    // Few enough that whoever publishes them does not keep fresh orders waiting, which come after them in the journal.
    private const int AtATime = 500;

    /// <summary>
    /// Takes back the acknowledgements of orders that the journal accepted in a span of time. May be repeated. Earlier publications do not count any more: they would only let a journey have
    /// longer.
    /// </summary>
    /// <param name="from">Accepted then or later, UTC.</param>
    /// <param name="to">And before that, UTC; null = up to now.</param>
    /// <param name="ordersPerSecond">How fast they fall due.</param>
    /// <param name="cancellationToken">Stops between two portions; what was taken back stays so.</param>
    /// <returns>How many, and over how long they fall due.</returns>
    public async Task<(long Orders, TimeSpan Over)> Run(DateTimeOffset from, DateTimeOffset? to, int ordersPerSecond, CancellationToken cancellationToken)
    {
        var tables = new IngestTables(database);
        var (begun, orders) = (time.GetUtcNow(), 0L);
        var last = await tables.Read(connection => connection.ExecuteScalarAsync<long?>("SELECT max(sequence) FROM orders"), cancellationToken) ?? 0;
        for (long after = 0; after < last; after += AtATime)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var parameters = IngestTables.Named(
                ("after", after), ("until", after + AtATime), ("from", tables.Value(from)), ("to", tables.Value(to ?? begun)), ("due", tables.Value(begun + Over(orders))));
            orders += await tables.Write(
                (connection, transaction) => connection.ExecuteAsync(
                    """
                    UPDATE orders SET acknowledged_at = NULL, acknowledge_by = @due, publications = 0
                    WHERE sequence > @after AND sequence <= @until AND received_at >= @from AND received_at < @to AND acknowledged_at IS NOT NULL
                    """, parameters, transaction),
                cancellationToken);
        }
        return (orders, Over(orders));

        TimeSpan Over(long portion) => TimeSpan.FromSeconds((double)portion / ordersPerSecond);
    }
}
