using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Contracts.ProfileStoreSender;
using Dapper;
using Npgsql;
using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>10,000 orders have gone through the whole system; then somebody comes who wants them all.</summary>
public sealed class When_orders_are_replayed_to_a_new_subscriber
{
    private const int Orders = 10_000, WithoutCard = 500, Resolvable = Orders - WithoutCard;

    private static readonly string[] Live =
        ["customer-resolution", "order-journey", "profile-store-sender", "profile-store-sender-consents", "email-marketing"];

    [Fact]
    public async Task It_gets_them_all_marked_also_when_OrderIngest_is_killed_and_nobody_else_gets_anything()
    {
        // The deadlines of production: with those of tests, orders that come all at once would be asked for again before their turn, and counts would grow by themselves.
        // So many orders are worth code that is optimised as it gets hot, which tests/run.sh switches off.
        await using var system = await InStoreSystem.Prepare(new() { Extra = [("", "Access__AllowAnonymous", "true"), ("", "DOTNET_TC_CallCounting", "1")] });
        await system.Start();
        await using var queues = await QueueWatch.Connect(system.Broker);
        foreach (var queue in Live)
            await queues.Beside(queue);
        await Accept(system);
        await Settled(system);
        var before = await Received(queues);

        await queues.Make("warehouse");
        var warehouse = await queues.Read("warehouse");
        var (replay, took) = await Replay(system, new() { ["queue"] = "warehouse", ["message"] = "OrderReceived", ["ordersPerSecond"] = 1500 }, killAt: 3000);
        await Eventually.Holds(() => Task.FromResult(warehouse.Orders.Count == Orders), what: "Orders at the new subscriber");
        Assert.InRange(warehouse.Count, Orders, Orders + 250);
        Assert.Equal(0, warehouse.Unmarked(replay));
        Say($"replay of {Orders:N0} orders to a new subscriber: {warehouse.Orders.Count:N0} of them received, {warehouse.Count - Orders} a second time after SIGKILL of OrderIngest, in {took.TotalSeconds:0} s; "
            + $"others unchanged: {Unchanged(before, await Received(queues))}");

        await queues.Make("loyalty-report");
        var report = await queues.Read("loyalty-report");
        (replay, took) = await Replay(system, new() { ["queue"] = "loyalty-report", ["message"] = "CustomerResolved", ["ordersPerSecond"] = 1500 }, killAt: null);
        await Eventually.Becomes(() => Task.FromResult(report.Orders.Count), received => received == Resolvable, TimeSpan.FromMinutes(3), "Resolved orders at the new subscriber");
        Assert.Equal((Resolvable, 0), (report.Count, report.Unmarked(replay)));
        Say($"replay of {Orders:N0} orders with their customers to a new subscriber: {report.Count:N0} received, {WithoutCard} have no customer, in {took.TotalSeconds:0} s until handed over; "
            + $"others unchanged: {Unchanged(before, await Received(queues))}");

        // A destination that has them all: its ledger takes nothing twice.
        var stored = (await system.ProfileStore.Times()).Values.Sum();
        await Replay(system, new() { ["destination"] = Destinations.ProfileStore, ["ordersPerSecond"] = 1500 }, killAt: null);
        await Eventually.Becomes(
            async () => await queues.ReceivedBy("order-journey") - before["order-journey"], more => more == Resolvable, TimeSpan.FromMinutes(3), "Outcomes of the replay at the destination");
        Assert.Equal(stored, (await system.ProfileStore.Times()).Values.Sum());
        Assert.Equal(before["email-marketing"], await queues.ReceivedBy("email-marketing"));
        Assert.Equal(before["customer-resolution"], await queues.ReceivedBy("customer-resolution"));
        Assert.DoesNotContain(await system.Broker.Queues(), queue => queue.Key.EndsWith("_error", StringComparison.Ordinal) && queue.Value.Messages > 0);
        Assert.DoesNotContain(system.OrderIngest.Log, line => line.Contains("Replaying failed", StringComparison.Ordinal));
        await Acknowledged(system);
        Say($"replay of {Orders:N0} orders to a destination that has them: {stored:N0} events there before, {stored:N0} after");
    }

    private static async Task Accept(InStoreSystem system)
    {
        var lines = new StringBuilder();
        for (var i = 1; i <= Orders; i++)
            lines.Append(ErpOrder.Json(i <= WithoutCard ? ErpOrder.Of($"{i}", card: null) : ErpOrder.Of($"{i}"))).Append('\n');
        using var content = new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
        using var answer = await system.OrderIngest.Http.PostAsync(new Uri("/orders/batch", UriKind.Relative), content);
        var summary = await answer.Content.ReadFromJsonAsync<JsonObject>();
        Assert.Equal(Orders, (int)summary!["accepted"]!);
    }

    private static async Task Settled(InStoreSystem system)
    {
        await using var database = new NpgsqlConnection(system.Database.ConnectionString);
        await Eventually.Becomes(
            async () => (await database.QueryAsync<(string State, long Journeys)>("SELECT state, count(*) FROM order_journey.journeys GROUP BY state")).ToDictionary(row => row.State, row => row.Journeys),
            states => states.GetValueOrDefault("Tracked") == Resolvable && states.GetValueOrDefault("Unidentified") == WithoutCard, TimeSpan.FromMinutes(6), "Journeys");
        // Every order has its journey: whenever journal and journeys are compared from now on, nothing is published again. That they have been, the end looks at.
        await Eventually.Holds(async () => (await system.Broker.Queues()).Where(queue => Live.Contains(queue.Key)).All(queue => queue.Value.Messages == 0), TimeSpan.FromMinutes(1), "Empty queues");
    }

    private static async Task Acknowledged(InStoreSystem system)
    {
        await using var database = new NpgsqlConnection(system.Database.ConnectionString);
        await Eventually.Becomes(
            () => database.QuerySingleAsync<long>("SELECT count(*) FROM order_ingest.orders WHERE acknowledged_at IS NULL"), open => open == 0, TimeSpan.FromMinutes(2), "Orders without an acknowledged journey");
    }

    private static async Task<(Guid Id, TimeSpan Took)> Replay(InStoreSystem system, JsonObject request, int? killAt)
    {
        var http = system.OrderIngest.Http;
        var counted = await Post(request);
        Assert.Equal(Orders, (int)counted["orders"]!);
        (request["dryRun"], request["confirm"]) = (false, (string)counted["confirm"]!);
        var watch = Stopwatch.StartNew();
        var id = (Guid)(await Post(request))["id"]!;
        if (killAt is { } half)
        {
            await Eventually.Holds(async () => (int)(await Get())["sent"]! >= half, TimeSpan.FromMinutes(2), "Orders of the replay");
            Assert.Equal("running", (string?)(await Get())["state"]);
            await system.OrderIngest.Kill();
            system.OrderIngest.Start();
            await system.OrderIngest.WhenReady();
        }
        await Eventually.Becomes(Get, now => (string?)now["state"] == "finished", TimeSpan.FromMinutes(3), "The replay");
        return (id, watch.Elapsed);

        async Task<JsonObject> Get() => (await http.GetFromJsonAsync<JsonObject>(new Uri($"/replays/{id}", UriKind.Relative)))!;

        async Task<JsonObject> Post(JsonObject body)
        {
            using var answer = await http.PostAsJsonAsync(new Uri("/replays", UriKind.Relative), body);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        }
    }

    private static async Task<IReadOnlyDictionary<string, uint>> Received(QueueWatch queues)
    {
        var received = new Dictionary<string, uint>();
        foreach (var queue in Live)
            received[queue] = await queues.ReceivedBy(queue);
        return received;
    }

    private static string Unchanged(IReadOnlyDictionary<string, uint> before, IReadOnlyDictionary<string, uint> after)
    {
        Assert.Equal(before, after);
        return string.Join(", ", after.Select(queue => $"{queue.Key} {queue.Value:N0}"));
    }

    private static void Say(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);
}
