using System.Net.Http.Json;
using System.Text.Json;
using Contracts.ProfileStoreSender;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ProfileStoreSender.KeepingTheLedger;
using RealServers;

namespace ProfileStoreSender.Tests.OnTrackOrder;

/// <summary>ProfileStore:WhenUnknown=Ask. Each TrackOrder is what the journey sends after a while.</summary>
public sealed class When_a_reply_was_lost
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task The_event_is_found_by_asking_and_not_sent_again(string database)
    {
        await using var host = await Asking(database, askAfter: "01:00:00");
        await host.Store.ShowAfter(TimeSpan.FromHours(1));
        await host.Store.Misbehave(new() { DropAfterStoring = true, Times = 1 });
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));
        // Not held: the journey asks again.
        Assert.Equal(OrderTrackingFailureReason.ReplyLost, Assert.Single(await host.Outcomes(order)).Failed!.Reason);
        await host.Command(An.TrackOrder(order));
        // Stored, but not shown yet: a "no" proves nothing so soon.
        Assert.Equal(OrderTrackingFailureReason.ReplyLost, (await host.Outcomes(order, 2))[1].Failed!.Reason);
        Assert.Equal((DeliveryState.Unknown, 1, 0), await State(host, order));
        var listed = await host.Http.GetFromJsonAsync<JsonElement>("/deliveries?state=unknown&destination=profile-store", Stop);
        Assert.Equal((order, "unknown", true), (listed.GetProperty("deliveries")[0].GetProperty("orderId").GetGuid(), listed.GetProperty("deliveries")[0].GetProperty("state").GetString(),
            listed.GetProperty("deliveries")[0].GetProperty("mayHaveArrived").GetBoolean()));
        await host.Store.ShowAfter(TimeSpan.Zero);
        await host.Command(An.TrackOrder(order));

        Assert.NotNull((await host.Outcomes(order, 3))[2].Tracked);
        Assert.Equal((DeliveryState.Accepted, 1, 0), await State(host, order));
        Assert.Equal("the reply was lost; the destination was asked and has the event", (await host.Row(order)).Answer);
        Assert.Equal((1, 1, 2), ((await host.Store.Summary()).Requests, (await host.Store.Summary()).Stored, (await host.Store.Summary()).Queries));
    }

    [Fact]
    public async Task The_event_is_sent_again_once_it_had_time_to_show_and_did_not()
    {
        await using var host = await Asking(askAfter: "00:00:00.5");
        await host.Store.Misbehave(new() { DropBeforeStoring = true, Times = 1 });
        var order = Guid.NewGuid();
        await host.Publish(An.CustomerResolved(order));
        Assert.Equal(OrderTrackingFailureReason.ReplyLost, Assert.Single(await host.Outcomes(order)).Failed!.Reason);

        var outcomes = 1;
        var last = await Eventually.Becomes(async () =>
        {
            await host.Command(An.TrackOrder(order));
            return (await host.Outcomes(order, ++outcomes))[outcomes - 1];
        }, outcome => outcome.Tracked is not null);

        Assert.NotNull(last.Tracked);
        // Counted: nobody can prove that it will never show.
        Assert.Equal((DeliveryState.Accepted, 2, 1), await State(host, order));
        Assert.Equal((2, 1, 0), ((await host.Store.Summary()).Requests, (await host.Store.Summary()).Stored, (await host.Store.Summary()).DoubledCount));
    }

    [Fact]
    public async Task It_stays_unknown_while_nobody_answers_and_health_says_so()
    {
        await using var host = await Asking(askAfter: "00:00:00", query: new() { ["ProfileStore:QueryKey"] = "wrong" });
        await host.Store.Misbehave(new() { DropAfterStoring = true, Times = 1 });
        var order = Guid.NewGuid();
        await host.Publish(An.CustomerResolved(order));
        await host.Outcomes(order);

        await host.Command(An.TrackOrder(order));

        Assert.Equal(OrderTrackingFailureReason.ReplyLost, (await host.Outcomes(order, 2))[1].Failed!.Reason);
        Assert.Equal((DeliveryState.Unknown, 1, 0), await State(host, order));
        Assert.Contains(host.Logs.Lines, line => line.Id.Id == 3027);
        var other = Guid.NewGuid();
        await host.Publish(An.CustomerResolved(other));
        Assert.NotNull(Assert.Single(await host.Outcomes(other)).Tracked);
        var health = await host.Http.GetStringAsync("/health/ready", Stop);
        Assert.Contains("Degraded", health, StringComparison.Ordinal);
        Assert.Contains("ProfileStore:QueryKey", health, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_dead_process_left_is_asked_for_too()
    {
        await using var host = await Asking("PostgreSql", askAfter: "01:00:00");
        var order = Guid.NewGuid();
        // Accepted there, but whoever sent it died before it could write so.
        await host.Publish(An.CustomerResolved(order));
        await host.Outcomes(order);
        await using (var command = host.Services.GetRequiredKeyedService<ServiceDefaults.UsingTheDatabase.ServiceDatabase>("ProfileStoreSender").Postgres.CreateCommand(
            "UPDATE deliveries SET state = 'sending', may_have_arrived = true, claimed_by = gen_random_uuid(), claimed_at = now() - interval '1 min', claimed_until = now() - interval '1 s'"))
            await command.ExecuteNonQueryAsync(Stop);

        await host.Command(An.TrackOrder(order));

        Assert.NotNull((await host.Outcomes(order, 2))[1].Tracked);
        Assert.Equal((DeliveryState.Accepted, 1, 0), await State(host, order));
        Assert.Equal((1, 1), ((await host.Store.Summary()).Stored, (await host.Store.Summary()).Queries));
    }

    [Fact]
    public async Task A_refused_request_of_several_is_no_lost_reply_its_orders_are_sent_alone_at_once()
    {
        await using var host = await Asking(askAfter: "01:00:00", query: new() { ["ProfileStore:HoldFor"] = "00:00:20" });
        await host.Store.Misbehave(new() { Delay = TimeSpan.FromSeconds(2) });
        for (var under = 1; under <= ProfileStoreSender.SendingEvents.SharedRequests.RequestsAtOnce; under++)
        {
            await host.Publish(An.CustomerResolved(Guid.NewGuid()));
            await Eventually.Becomes(() => host.Store.Summary(), summary => summary.Requests == under);
        }
        var orders = Enumerable.Range(0, 10).Select(_ => Guid.NewGuid()).ToList();

        await Task.WhenAll(orders.Select((order, number) => host.Publish(An.CustomerResolved(order, customer: number == 5 ? An.Customer("not an address") : null))));

        foreach (var order in orders)
            Assert.Equal(order == orders[5], Assert.Single(await host.Outcomes(order)).Failed?.Reason == OrderTrackingFailureReason.Refused);
        Assert.Equal(0, (await host.Store.Summary()).Queries);
    }

    [Theory]
    [InlineData("state=lost", 400)]
    [InlineData("after=somewhere", 400)]
    [InlineData("state=accepted&limit=1", 200)]
    [InlineData("", 200)]
    public async Task The_list_can_be_read_page_by_page_and_says_what_is_wrong_with_a_question(string query, int status)
    {
        await using var host = await SenderHost.Start();
        foreach (var order in new[] { Guid.NewGuid(), Guid.NewGuid() })
        {
            await host.Publish(An.CustomerResolved(order));
            await host.Outcomes(order);
        }

        using var answer = await host.Http.GetAsync($"/deliveries?{query}", Stop);

        Assert.Equal(status, (int)answer.StatusCode);
        if (status != 200)
            return;
        var page = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        var listed = page.GetProperty("deliveries").GetArrayLength();
        if (page.GetProperty("next").GetString() is { } next)
            listed += (await host.Http.GetFromJsonAsync<JsonElement>($"/deliveries?{query}&after={Uri.EscapeDataString(next)}", Stop)).GetProperty("deliveries").GetArrayLength();
        Assert.Equal(2, listed);
        Assert.DoesNotContain("pat", await host.Http.GetStringAsync("/deliveries", Stop), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(DeliveryState, int, int)> State(SenderHost host, Guid order) =>
        await host.Row(order) is var row ? (row.State, row.Attempts, row.Uncertain) : default;

    private static Task<SenderHost> Asking(string database = "Sqlite", string askAfter = "00:05:00", Dictionary<string, string?>? query = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ProfileStore:WhenUnknown"] = "Ask",
            ["ProfileStore:QueryKey"] = "secret-query-key",
            ["ProfileStore:AskAfter"] = askAfter,
            ["ProfileStore:Timeout"] = "00:00:03",
        };
        foreach (var (key, value) in query ?? [])
            settings[key] = value;
        return SenderHost.Start(database, store: new() { QueryKey = "secret-query-key" }, settings: settings, queries: true);
    }
}
