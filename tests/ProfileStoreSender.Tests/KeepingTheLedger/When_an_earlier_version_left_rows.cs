using System.Data.Common;
using Contracts.CustomerResolution;
using Dapper;
using MessageExamples;
using Microsoft.Data.Sqlite;
using Npgsql;
using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.Tests.KeepingTheLedger;

public sealed class When_an_earlier_version_left_rows
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task Consents_and_deliveries_are_kept(string kind)
    {
        await using var database = await LedgerDatabase.Create(kind);
        var (accepted, lost, turnedAway) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await Leave(kind, database.ConnectionString, accepted, lost, turnedAway);

        await using var host = await SenderHost.Start(database: database);

        Assert.True((await Claim("allowed")).Taken);
        Assert.Equal(SuppressionReason.Blocked, (await Claim("forbidden")).Entry!.SuppressedBecause);
        Assert.True((await host.Ledger.Claim(ClaimOf("forbidden") with { StatusSeenAt = An.Noon.AddSeconds(1) }, Stop)).Taken);
        await host.Command(An.TrackOrder(accepted));
        Assert.Null(Assert.Single(await host.Outcomes(accepted)).Tracked!.CustomerKey);
        Assert.Equal((DeliveryState.Unknown, 2, 1, true, null), await host.Row(lost) is var row ? (row.State, row.Attempts, row.Uncertain, row.MayHaveArrived, row.SentAt) : default);
        Assert.Equal(DeliveryState.Unavailable, (await host.Row(turnedAway)).State);
        Assert.Equal(2, (await host.Ledger.Claim(new(lost, "profile-store", "t1", false, "allowed"), Stop)).Entry!.Uncertain);

        Task<ClaimResult> Claim(string customer) => host.Ledger.Claim(ClaimOf(customer), Stop);
    }

    private static LedgerClaim ClaimOf(string customer) => new(Guid.NewGuid(), "profile-store", "t1", false, customer);

    /// <summary>The database as it was before reasons were kept apart.</summary>
    private static async Task Leave(string kind, string connectionString, Guid accepted, Guid lost, Guid turnedAway)
    {
        await using DbConnection connection = kind == "Sqlite" ? new SqliteConnection(connectionString) : new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Stop);
        if (kind != "Sqlite")
            await connection.ExecuteAsync("CREATE SCHEMA profile_store_sender; SET search_path = profile_store_sender");
        await connection.ExecuteAsync($"CREATE TABLE schema_scripts (name TEXT PRIMARY KEY, applied_at {(kind == "Sqlite" ? "TEXT" : "timestamptz")} NOT NULL DEFAULT current_timestamp)");
        foreach (var script in new[] { "0001-deliveries.sql", "0002-consents.sql" })
        {
            var assembly = typeof(ProfileStoreSenderService).Assembly;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(name => name.EndsWith($".Schema.{kind}.{script}", StringComparison.Ordinal)))!);
            await connection.ExecuteAsync(await reader.ReadToEndAsync(Stop));
            await connection.ExecuteAsync("INSERT INTO schema_scripts (name) VALUES (@script)", new { script });
        }
        await connection.ExecuteAsync(
            $"""
            INSERT INTO consents (customer_key, may_be_tracked, reason, changed_at)
            VALUES ('forbidden', false, 'blocked', '{LedgerText.Of(An.Noon)}'), ('allowed', true, NULL, '{LedgerText.Of(An.Noon)}');
            INSERT INTO deliveries (order_id, destination, state, attempts, uncertain, repeats_unknown, may_have_arrived, track_id, first_at, updated_at)
            VALUES ('{accepted:D}', 'profile-store', 'accepted', 1, 0, false, false, 't1', '{LedgerText.Of(An.Noon)}', '{LedgerText.Of(An.Noon)}'),
                ('{lost:D}', 'profile-store', 'unavailable', 2, 1, true, true, 't1', '{LedgerText.Of(An.Noon)}', '{LedgerText.Of(An.Noon)}'),
                ('{turnedAway:D}', 'profile-store', 'unavailable', 1, 0, false, false, 't1', '{LedgerText.Of(An.Noon)}', '{LedgerText.Of(An.Noon)}');
            """);
    }
}
