using Contracts.ProfileStoreSender;
using Dapper;
using MessageExamples;
using Npgsql;
using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.Tests.KeepingTheLedger;

/// <summary>A deployment is under way, or was taken back: a row is in a state that this version has never heard of.</summary>
public sealed class When_a_later_version_left_rows
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_left_to_it_and_nobody_else_fails_for_them()
    {
        await using var database = await LedgerDatabase.Create("PostgreSql");
        await using var host = await SenderHost.Start(database: database);
        var (theirs, ours) = (Guid.NewGuid(), Guid.NewGuid());
        await host.Ledger.Record(new(theirs, Destinations.ProfileStore, "t1", DeliveryState.Unavailable, "customer"), Stop);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await Leave(connection, "parked_by_a_later_version");

        // Asked for at the same moment: both claims may share a statement.
        await Task.WhenAll(host.Command(An.TrackOrder(theirs)), host.Command(An.TrackOrder(ours)));

        Assert.NotNull(Assert.Single(await host.Outcomes(ours)).Tracked);
        Assert.Equal(OrderTrackingFailureReason.ReplyLost, Assert.Single(await host.Outcomes(theirs)).Failed!.Reason);
        Assert.Equal("parked_by_a_later_version", await connection.ExecuteScalarAsync<string>($"SELECT state FROM profile_store_sender.deliveries WHERE order_id = '{theirs:D}'"));
        Assert.Equal(1, (await host.Store.Summary()).Stored);
    }

    [Fact]
    public async Task What_a_build_between_two_releases_left_as_unknown_is_sent_again_and_counted()
    {
        await using var database = await LedgerDatabase.Create("PostgreSql");
        await using var host = await SenderHost.Start(database: database);
        var order = Guid.NewGuid();
        await host.Ledger.Record(new(order, Destinations.ProfileStore, "t1", DeliveryState.Unknown, "customer") { MayHaveArrived = true }, Stop);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await Leave(connection, "unknown");
        Assert.Equal(order, Assert.Single(await host.Ledger.List(new(DeliveryState.Unknown, null, null, 100), Stop)).OrderId);

        await host.Command(An.TrackOrder(order));

        Assert.NotNull(Assert.Single(await host.Outcomes(order)).Tracked);
        Assert.Equal(1, (await host.Row(order)).Uncertain);
    }

    private static Task<int> Leave(NpgsqlConnection connection, string state) => connection.ExecuteAsync(
        $"ALTER TABLE profile_store_sender.deliveries DROP CONSTRAINT deliveries_state_check; UPDATE profile_store_sender.deliveries SET state = '{state}'");
}
