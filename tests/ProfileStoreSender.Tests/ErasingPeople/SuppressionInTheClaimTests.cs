using Contracts.CustomerResolution;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ProfileStoreSender.ErasingPeople;
using ProfileStoreSender.KeepingTheLedger;
using ProfileStoreSender.Tests.KeepingConsents;

namespace ProfileStoreSender.Tests.ErasingPeople;

/// <summary>The suppression list as the claim reads it, and what is left in the ledger; written once and run on both databases.</summary>
public abstract class SuppressionInTheClaimTests(string kind) : LedgersWithConsents(kind)
{
    [Theory]
    [InlineData(SuppressionReason.Erased)]
    [InlineData(SuppressionReason.OnSuppressionList)]
    public async Task Neither_consent_nor_a_provider_lifts_it_only_its_own_word_does(SuppressionReason reason)
    {
        await Remember(Pat, reason, 1);
        await Remember(Pat, SuppressionReason.Blocked, 2);
        await Remember(Pat, null, 3);
        var seen = An.Noon.AddSeconds(9);

        var claim = await Ledger.Claim(Claim(Guid.NewGuid()) with { ConsentSeenAt = seen, StatusSeenAt = seen }, Stop);
        Assert.Equal((true, reason), (claim.Forbidden, claim.Entry!.SuppressedBecause));
        Assert.True((await Ledger.Claim(Claim(Guid.NewGuid(), Sam), Stop)).Taken);

        await Word(new(Pat, reason, true, An.Noon.AddSeconds(4)));
        // The same erasure asked for again is as old as it was.
        await Remember(Pat, reason, 1);
        Assert.True((await Ledger.Claim(Claim(Guid.NewGuid()), Stop)).Taken);
    }

    [Fact]
    public async Task It_outranks_every_other_reason() =>
        Assert.Equal(SuppressionReason.Erased, (await Both()).Entry!.SuppressedBecause);

    [Fact]
    public async Task Who_is_suppressed_by_card_is_so_whatever_address_comes_with_it()
    {
        await Remember("a card", SuppressionReason.Erased, 1);
        // No consent is kept under a card; were there one, it would be nobody's.
        await Remember("another card", SuppressionReason.ConsentWithdrawn, 1);

        Assert.True((await Ledger.Claim(Claim(Guid.NewGuid()) with { CardKey = "a card" }, Stop)).Forbidden);
        Assert.True((await Ledger.Claim(Claim(Guid.NewGuid()) with { CardKey = "a third card" }, Stop)).Taken);
    }

    [Fact]
    public async Task The_ledger_keeps_what_was_sent_and_forgets_for_whom()
    {
        var (accepted, refused, sending, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        foreach (var order in new[] { accepted, refused, sending, other })
            await Ledger.Claim(Claim(order), Stop);
        foreach (var (order, state) in new[] { (accepted, DeliveryState.Accepted), (refused, DeliveryState.Refused), (other, DeliveryState.Refused) })
            await Ledger.Record(Outcome(order, state) with { Answer = "no such customer", StatusCode = 400 }, Stop);
        var erasure = new LedgerErasure(Services.GetRequiredKeyedService<ServiceDefaults.UsingTheDatabase.ServiceDatabase>("ProfileStoreSender"), Time);

        var (rows, busy, destinations) = await erasure.Erase([accepted, refused, sending], Stop);

        Assert.Equal((2, 1, Destination), (rows, busy, Assert.Single(destinations)));
        Assert.Equal((DeliveryState.Accepted, null, "erased", null), Shown(await Ledger.Find(accepted, Destination, Stop)));
        Assert.Equal((DeliveryState.Suppressed, null, "erased", SuppressionReason.Erased), Shown(await Ledger.Find(refused, Destination, Stop)));
        Assert.Equal((DeliveryState.Refused, "customer", "no such customer", null), Shown(await Ledger.Find(other, Destination, Stop)));
        // What was on its way is done with once its time is over.
        Time.Advance(Lease + TimeSpan.FromSeconds(1));
        Assert.Equal((1, 0), ((await erasure.Erase([accepted, refused, sending], Stop)) is var (again, left, _) ? (again, left) : default));
        Assert.Equal((0, 0), ((await erasure.Erase([accepted, refused, sending], Stop)) is var (third, none, _) ? (third, none) : default));
    }

    private async Task<ClaimResult> Both()
    {
        await Remember(Pat, SuppressionReason.Erased, 1);
        await Remember(Pat, SuppressionReason.ConsentWithdrawn, 5);
        return await Ledger.Claim(Claim(Guid.NewGuid()), Stop);
    }

    private static (DeliveryState, string?, string?, SuppressionReason?) Shown(LedgerEntry? entry) => (entry!.State, entry.CustomerKey, entry.Answer, entry.SuppressedBecause);
}

public sealed class PostgreSqlSuppressionInTheClaimTests() : SuppressionInTheClaimTests("PostgreSql");

public sealed class SqliteSuppressionInTheClaimTests() : SuppressionInTheClaimTests("Sqlite");
