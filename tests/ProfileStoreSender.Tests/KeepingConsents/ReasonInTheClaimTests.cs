using Contracts.CustomerResolution;
using MessageExamples;
using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.Tests.KeepingConsents;

/// <summary>Which reasons a claim still heeds, written once and run on both databases.</summary>
public abstract class ReasonInTheClaimTests(string kind) : LedgersWithConsents(kind)
{
    [Theory]
    [InlineData(SuppressionReason.ConsentWithdrawn, "consent")]
    [InlineData(SuppressionReason.Blocked, "status")]
    [InlineData(SuppressionReason.Unknown, "nothing")]
    public async Task What_a_provider_saw_later_outdates_that_one_reason(SuppressionReason reason, string outdatedBy)
    {
        foreach (var (seen, secondsAfterwards) in new[] { "consent", "status", "nothing" }.SelectMany(_ => new[] { -1, 0, 1 }, (seen, seconds) => (seen, seconds)))
        {
            var customer = $"{seen} {secondsAfterwards}";
            await Remember(customer, reason, secondsAfterwards);

            var claim = await Ledger.Claim(
                Claim(Guid.NewGuid(), customer) with { ConsentSeenAt = seen == "consent" ? An.Noon : null, StatusSeenAt = seen == "status" ? An.Noon : null }, Stop);

            var taken = secondsAfterwards < 0 && seen == outdatedBy && seen != "nothing";
            Assert.Equal((customer, taken, !taken), (customer, claim.Taken, claim.Forbidden));
        }
    }

    [Fact]
    public async Task One_reason_that_is_outdated_leaves_the_other()
    {
        await Remember(Pat, SuppressionReason.ConsentWithdrawn, 1);
        await Remember(Pat, SuppressionReason.Blocked, 2);

        var claim = await Ledger.Claim(Claim(Guid.NewGuid()) with { StatusSeenAt = An.Noon.AddSeconds(3) }, Stop);
        var both = await Ledger.Claim(Claim(Guid.NewGuid()) with { StatusSeenAt = An.Noon.AddSeconds(3), ConsentSeenAt = An.Noon.AddSeconds(3) }, Stop);

        Assert.Equal((true, SuppressionReason.ConsentWithdrawn), (claim.Forbidden, claim.Entry!.SuppressedBecause));
        Assert.True(both.Taken);
    }

    [Fact]
    public async Task A_word_that_allows_lifts_the_reason_it_names_or_every_earlier_one()
    {
        foreach (var customer in new[] { Pat, Sam })
        {
            await Remember(customer, SuppressionReason.ConsentWithdrawn, 1);
            await Remember(customer, SuppressionReason.Blocked, 1);
            await Remember(customer, SuppressionReason.Unknown, 1);
        }

        await Word(new(Pat, SuppressionReason.Blocked, true, An.Noon.AddSeconds(2)));
        await Word(new(Sam, null, true, An.Noon.AddSeconds(2)));
        var (pats, sams) = (await Ledger.Claim(Claim(Guid.NewGuid()), Stop), await Ledger.Claim(Claim(Guid.NewGuid(), Sam), Stop));
        await Remember(Sam, SuppressionReason.Blocked, 3);

        Assert.Equal((true, SuppressionReason.Unknown), (pats.Forbidden, pats.Entry!.SuppressedBecause));
        Assert.True(sams.Taken);
        Assert.Equal(SuppressionReason.Blocked, (await Ledger.Claim(Claim(Guid.NewGuid(), Sam), Stop)).Entry!.SuppressedBecause);
    }
}

public sealed class PostgreSqlReasonInTheClaimTests() : ReasonInTheClaimTests("PostgreSql");

public sealed class SqliteReasonInTheClaimTests() : ReasonInTheClaimTests("Sqlite");
