using Dapper;
using Npgsql;
using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>
/// Databases are lost one after the other and come back from dumps that are too old, or from what the others know, by the commands of docs/operations.md. No order is without a journey
/// afterwards, and no destination gets anything twice.
/// </summary>
public sealed class When_journeys_are_rebuilt_from_the_journal
{
    private const int Identified = 20, Nobodys = 5;
    private const string UnderWay = "77";
    private const string Journal = "order_ingest", Journeys = "order_journey", Ledger = "profile_store_sender";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_order_has_its_journey_again_and_no_destination_gets_anything_twice()
    {
        await using var system = await InStoreSystem.Prepare(SystemSettings.ForTests with
        {
            Extra = [.. SystemSettings.ForTests.Extra, ("ProfileStoreSender", "ProfileStore__WhenUnknown", "Ask"), ("OrderIngest", "OrderIngest__AcknowledgeWithin", "00:00:01")],
        });
        await system.Start();
        using var dump = new DatabaseDump(system.Database.ConnectionString);
        await Sell(system, "early");
        await dump.Take(Journeys);
        await dump.Take(Journal);
        await dump.Take(Ledger);
        var dumped = TimeProvider.System.GetUtcNow();
        await Sell(system, "late");
        Dictionary<Guid, string> journeys = [];
        IReadOnlyDictionary<Guid, int> stored = new Dictionary<Guid, int>();
        await Remember(2 * Identified);

        await Without(system.OrderJourney, () => dump.PutBack(Journeys));
        await Reconciled(dumped, "journeys from an older dump", Identified + Nobodys);

        await Without(system.OrderJourney, () => dump.Lose(Journeys));
        await Reconciled(DateTimeOffset.UnixEpoch, "journeys lost entirely", journeys.Count);

        var underWay = await LoseReply(system);
        await Without(system.ProfileStoreSender, async () =>
        {
            await dump.PutBack(Ledger);
            await dump.Run("psql -q -f deploy/restore/what-journeys-know.sql | psql -q -v ON_ERROR_STOP=1 -f deploy/restore/into-the-ledger.sql");
            await system.ProfileStore.Behave();
            await system.ProfileStore.BehaveWhenAsked();
        });
        // By itself its journey asks again a minute later.
        Assert.Equal(System.Net.HttpStatusCode.Accepted, await system.Retry(underWay));
        await system.WhenJourney(underWay, "Tracked");
        await Remember(2 * Identified + 1);
        // Whether the ledger is right shows when everything is sent through it once more.
        await Without(system.OrderJourney, () => dump.Lose(Journeys));
        await Reconciled(DateTimeOffset.UnixEpoch, "ledger from an older dump and the journeys, then journeys lost entirely", journeys.Count);

        // What the journal has lost the tills send again.
        await Without(system.OrderIngest, () => dump.PutBack(Journal));
        Assert.Equal(Identified + Nobodys, await Count(system, "SELECT count(*) FROM order_ingest.orders"));
        await Sell(system, "late");
        await system.Post(ErpOrder.Of(UnderWay), Stop);
        await AsBefore("journal from an older dump");
        Assert.DoesNotContain(await system.Broker.Queues(), queue => queue.Key.EndsWith("_error", StringComparison.Ordinal) && queue.Value.Messages > 0);

        async Task Remember(int events)
        {
            await Acknowledged(system);
            (journeys, stored) = (await States(system), await system.ProfileStore.Times());
            Assert.Equal(events, journeys.Count - 2 * Nobodys);
            Assert.Equal(Enumerable.Repeat(1, events), stored.Values);
        }

        async Task Reconciled(DateTimeOffset from, string what, int orders)
        {
            Assert.StartsWith($"{orders} orders are compared", await system.OrderIngest.Command("reconcile", "--from", $"{from:O}", "--orders-per-second", "1000"), StringComparison.Ordinal);
            await AsBefore(what);
        }

        async Task AsBefore(string what)
        {
            await Eventually.Becomes(async () => (await States(system)).Count(now => journeys.GetValueOrDefault(now.Key) == now.Value), same => same == journeys.Count, TimeSpan.FromMinutes(1), what);
            await Acknowledged(system);
            Assert.Equal(journeys, await States(system));
            Assert.Equal(stored, await system.ProfileStore.Times());
            TestContext.Current.TestOutputHelper!.WriteLine($"{what}: {journeys.Count} journeys as they were, {stored.Count} events at the profile store, each once");
        }
    }

    /// <summary>Orders of both kinds, all the way, and the journal knows that they have journeys.</summary>
    private static async Task Sell(InStoreSystem system, string receipts)
    {
        await Task.WhenAll(Enumerable.Range(1, Identified + Nobodys).Select(number =>
            system.Post(number <= Identified ? ErpOrder.Of($"{receipts}-{number}", card: $"29{receipts.Length}{number:0000000}") : ErpOrder.Of($"{receipts}-{number}", card: null), Stop)));
        await Acknowledged(system);
        await Eventually.Becomes(() => Count(system, "SELECT count(*) FROM order_journey.journeys WHERE state NOT IN ('Tracked', 'Unidentified')"), waiting => waiting == 0, what: "Orders under way");
    }

    /// <summary>The profile store has the order, and nobody here knows.</summary>
    private static async Task<Guid> LoseReply(InStoreSystem system)
    {
        var before = (await system.ProfileStore.Times()).Count;
        await system.ProfileStore.Misbehave(new() { DropAfterStoring = true });
        await system.ProfileStore.MisbehaveWhenAsked(new() { Status = 503 });
        var order = await system.Post(ErpOrder.Of(UnderWay), Stop);
        await Eventually.Becomes(async () => (await system.ProfileStore.Times()).Count, stored => stored == before + 1, what: "Events at the profile store");
        await system.WhenJourney(order, "Resolved");
        return order;
    }

    private static Task<long> Acknowledged(InStoreSystem system) => Eventually.Becomes(
        () => Count(system, "SELECT count(*) FROM order_ingest.orders WHERE acknowledged_at IS NULL"), waiting => waiting == 0, what: "Orders without a journey, as far as the journal knows");

    private static async Task Without(ServiceProcess service, Func<Task> lose)
    {
        await service.Stop();
        await lose();
        service.Start();
        await service.WhenReady();
    }

    private static async Task<Dictionary<Guid, string>> States(InStoreSystem system)
    {
        await using var database = new NpgsqlConnection(system.Database.ConnectionString);
        return (await database.QueryAsync<(Guid OrderId, string State)>("SELECT order_id, state FROM order_journey.journeys")).ToDictionary(row => row.OrderId, row => row.State);
    }

    private static async Task<long> Count(InStoreSystem system, string sql)
    {
        await using var database = new NpgsqlConnection(system.Database.ConnectionString);
        return await database.ExecuteScalarAsync<long>(sql);
    }
}
