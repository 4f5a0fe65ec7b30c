using System.Net.Http.Json;
using System.Text.Json;
using Contracts.CustomerResolution;
using Contracts.ProfileStoreSender;
using Dapper;
using MessageExamples;
using Microsoft.Data.Sqlite;
using ProfileStoreSender.KeepingTheLedger;
using RealServers;
using ServiceDefaults.ConnectingToTheBus;

namespace ProfileStoreSender.Tests.OnCustomerConsentChanged;

public sealed class When_a_customer_withdraws_consent
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sqlite", SuppressionReason.ConsentWithdrawn)]
    [InlineData("PostgreSql", SuppressionReason.Blocked)]
    public async Task Nothing_is_sent_any_more_and_every_answer_says_why(string database, SuppressionReason reason)
    {
        await using var host = await SenderHost.Start(database);
        var order = Guid.NewGuid();
        await Change(host, An.CustomerConsentChanged(reason));

        await host.Publish(An.CustomerResolved(order, customer: An.Customer(" Pat@Shop.example")));
        await host.Command(An.TrackOrder(order));

        Assert.All(await host.Outcomes(order, 2), outcome =>
            Assert.Equal((OrderTrackingFailureReason.Suppressed, (SuppressionReason?)reason, null), (outcome.Failed!.Reason, outcome.Failed.SuppressedBecause, outcome.Failed.StatusCode)));
        Assert.Equal((0, 0), ((await host.Store.Summary()).Requests, (await host.Row(order)).Attempts));
        var delivery = (await host.Http.GetFromJsonAsync<JsonElement>($"/deliveries/{order}", Stop)).GetProperty("deliveries")[0];
        Assert.Equal(("suppressed", LedgerText.Of(reason)), (delivery.GetProperty("state").GetString(), delivery.GetProperty("suppressedBecause").GetString()));
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task It_holds_though_a_provider_sees_later_that_they_are_not_blocked(string database)
    {
        await using var host = await SenderHost.Start(database);
        var order = Guid.NewGuid();
        await Change(host, An.CustomerConsentChanged(SuppressionReason.ConsentWithdrawn, at: An.Noon));

        await host.Publish(An.CustomerResolved(order, customer: An.Customer() with { StatusSeenAt = An.Noon.AddHours(1), ConsentSeenAt = null }));

        Assert.Equal(SuppressionReason.ConsentWithdrawn, Assert.Single(await host.Outcomes(order)).Failed?.SuppressedBecause);
        Assert.Equal(0, (await host.Store.Summary()).Requests);
    }

    [Fact]
    public async Task An_order_is_sent_on_request_once_consent_is_given_again()
    {
        await using var host = await SenderHost.Start();
        var (allowed, seen) = (Guid.NewGuid(), Guid.NewGuid());
        await Change(host, An.CustomerConsentChanged(at: An.Noon));
        await host.Publish(An.CustomerResolved(allowed));
        await host.Outcomes(allowed);

        await host.Command(An.TrackOrder(seen, customer: An.Customer() with { ConsentSeenAt = An.Noon.AddSeconds(1) }));
        await Change(host, An.CustomerConsentChanged(null, at: An.Noon.AddSeconds(2)));
        await host.Command(An.TrackOrder(allowed));

        Assert.NotNull(Assert.Single(await host.Outcomes(seen)).Tracked);
        Assert.NotNull((await host.Outcomes(allowed, 2))[1].Tracked);
        Assert.Equal(2, (await host.Store.Summary()).Stored);
    }

    [Fact]
    public async Task An_order_that_is_held_is_not_sent_when_the_destination_is_back()
    {
        await using var host = await SenderHost.Start(settings: new() { ["ProfileStore:HoldFor"] = "00:05:00" });
        await host.Store.Misbehave(new() { Status = 503 });
        var (pats, sams) = (Guid.NewGuid(), Guid.NewGuid());
        await host.Publish(An.CustomerResolved(pats));
        await host.Publish(An.CustomerResolved(sams, customer: An.Customer("sam@shop.example")));
        await Eventually.Holds(async () => (await host.Ledger.OfOrder(pats, Stop)).Count == 1 && (await host.Ledger.OfOrder(sams, Stop)).Count == 1);

        await Change(host, An.CustomerConsentChanged());
        await host.Store.Behave();

        Assert.Equal(SuppressionReason.ConsentWithdrawn, Assert.Single(await host.Outcomes(pats)).Failed!.SuppressedBecause);
        Assert.NotNull(Assert.Single(await host.Outcomes(sams)).Tracked);
        Assert.Equal(1, (await host.Store.Summary()).Stored);
    }

    [Fact]
    public async Task It_is_known_at_once_though_orders_are_held_for_a_destination_that_is_away()
    {
        await using var host = await SenderHost.Start(settings: new() { ["ProfileStore:HoldFor"] = "00:05:00" });
        await host.Store.Misbehave(new() { Status = 401 });
        // More than the service takes from its queue at a time.
        foreach (var _ in Enumerable.Range(0, new BusOptions().Prefetch + 20))
            await host.Publish(An.CustomerResolved(Guid.NewGuid()));
        await Eventually.Holds(() => Task.FromResult(host.Logs.Lines.Any(line => line.Id.Id == 3010)));

        await Change(host, An.CustomerConsentChanged());
    }

    [Fact]
    public async Task Nobodys_address_is_kept_or_logged()
    {
        await using var database = await LedgerDatabase.Create("Sqlite");
        await using var host = await SenderHost.Start(database: database);
        var order = Guid.NewGuid();
        await Change(host, An.CustomerConsentChanged());
        await host.Publish(An.CustomerResolved(order));
        await host.Outcomes(order);

        await using var connection = new SqliteConnection(database.ConnectionString);
        var rows = string.Join('\n', (await connection.QueryAsync("SELECT * FROM consents")).Concat(await connection.QueryAsync("SELECT * FROM deliveries")).Select(row => $"{row}"));
        Assert.Contains("consent_withdrawn", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("pat", rows.Replace("may_be_tracked", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("pat@shop", host.Logs.All, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task Change(SenderHost host, CustomerConsentChanged change)
    {
        var before = host.ConsentChanges;
        await host.Publish(change);
        await Eventually.Holds(() => Task.FromResult(host.ConsentChanges > before), TimeSpan.FromSeconds(10), "The change");
    }
}
