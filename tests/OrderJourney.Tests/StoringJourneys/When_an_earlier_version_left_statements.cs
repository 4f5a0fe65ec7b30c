using Contracts.CustomerResolution;
using Dapper;
using MessageExamples;
using OrderJourney.Journey;
using OrderJourney.KeepingCardNotices;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.Tests.StoringJourneys;

/// <summary>A row held one statement, of a claim or of a notice; now a claim and the notices of cards stand side by side.</summary>
public sealed class When_an_earlier_version_left_statements
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, InlineData(DatabaseKind.PostgreSql), InlineData(DatabaseKind.Sqlite)]
    public async Task They_count_as_before(DatabaseKind kind)
    {
        await using var earlier = await JourneyDatabase.Create(kind);
        var (claimed, noticed, bare, silent) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        foreach (var id in new[] { claimed, noticed, bare, silent })
            await earlier.Store.Save(JourneyDatabase.NewJourney(id), None);
        await Leave(earlier.Database, new Dictionary<Guid, string>
        {
            [claimed] = """{"from":"claim","hint":{"loyaltyCard":"4711"},"statedAt":"2026-11-20T12:00:00+00:00"}""",
            [noticed] = """{"from":"card_registration","hint":{"email":"pat@shop.example"},"statedAt":"2026-11-20T12:00:00+00:00"}""",
            [bare] = """{"from":"card_registration","hint":{},"statedAt":"2026-11-20T12:00:00+00:00"}""",
        });

        await using var present = await earlier.OpenAgain();
        var read = new Dictionary<Guid, Statements?>();
        foreach (var id in new[] { claimed, noticed, bare, silent })
            read[id] = (await present.Store.Load(id, None))!.Statements;

        Assert.Equal(new Claimed(new() { LoyaltyCard = "4711" }, An.Noon), read[claimed]!.Claim);
        Assert.Empty(read[claimed]!.Notices);
        Assert.Equal((null, new CardNotice("key", An.Noon, "pat@shop.example")), (read[noticed]!.Claim, Assert.Single(read[noticed]!.Notices)));
        Assert.Equal(new CardNotice("key", An.Noon, null), Assert.Single(read[bare]!.Notices));
        Assert.Equal((new() { Email = null }, CustomerOrigin.CardRegistration), (read[bare]!.Amount("key", null).Hint, read[bare]!.Amount("key", null).From));
        Assert.Null(read[silent]);
    }

    /// <summary>Takes back the script that came last, and writes what was written before it.</summary>
    private static async Task Leave(ServiceDatabase database, IReadOnlyDictionary<Guid, string> statements)
    {
        await using System.Data.Common.DbConnection connection = database.Kind == DatabaseKind.Sqlite ? await database.OpenSqlite(None) : await database.Postgres.OpenConnectionAsync(None);
        await connection.ExecuteAsync("ALTER TABLE journeys DROP COLUMN tracked_for");
        Assert.Equal(1, await connection.ExecuteAsync("DELETE FROM schema_scripts WHERE name LIKE '%what-was-stated%'"));
        foreach (var (order, statement) in statements)
            Assert.Equal(1, await connection.ExecuteAsync($"UPDATE journeys SET statement = @statement, card_key = 'key' WHERE order_id = '{order:D}'", new { statement }));
    }
}
