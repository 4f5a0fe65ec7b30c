using Contracts.CustomerResolution;
using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.Tests.KeepingConsents;

/// <summary>What consents do to claims, written once and run on both databases.</summary>
public abstract class ConsentInTheClaimTests(string kind) : LedgersWithConsents(kind)
{
    [Theory]
    [InlineData(SuppressionReason.Blocked)]
    [InlineData(SuppressionReason.ConsentWithdrawn)]
    [InlineData(SuppressionReason.Unknown)]
    public async Task Who_may_not_be_tracked_is_not_claimed_and_the_row_says_why(SuppressionReason reason)
    {
        await Remember(Pat, reason, 0);
        var order = Guid.NewGuid();

        var claim = await Ledger.Claim(Claim(order), Stop);
        var row = (await Ledger.Find(order, "profile-store", Stop))!;

        Assert.Equal((false, true), (claim.Taken, claim.Forbidden));
        Assert.Equal(claim.Entry, row);
        Assert.Equal((DeliveryState.Suppressed, (SuppressionReason?)reason, 0, false, null), (row.State, row.SuppressedBecause, row.Attempts, row.MayHaveArrived, row.ClaimedBy));
        Assert.Equal("not sent: the customer may not be tracked", row.Answer);
        Assert.True((await Ledger.Claim(Claim(Guid.NewGuid(), Sam), Stop)).Taken);
    }

    [Fact]
    public async Task The_latest_word_counts_whatever_arrives_last_and_of_two_at_once_the_one_that_forbids()
    {
        (int At, SuppressionReason? Forbidden)[] words = [(1, SuppressionReason.Blocked), (2, null), (3, SuppressionReason.ConsentWithdrawn), (3, null), (3, SuppressionReason.Blocked)];
        var orders = Enumerable.Range(0, 40).Select(seed =>
        {
            var order = words.ToArray();
            new Random(seed).Shuffle(order);
            return (Customer: $"{seed}", Words: order);
        }).ToList();
        // One customer after another, and all words of a customer in one batch: both must come to the same.
        foreach (var (customer, arriving) in orders.Take(20))
            foreach (var (at, forbidden) in arriving)
                await Remember(customer, forbidden, at);
        await Task.WhenAll(orders.Skip(20).SelectMany(order => order.Words.Select(word => Remember(order.Customer, word.Forbidden, word.At))));

        foreach (var (customer, _) in orders)
        {
            var claim = await Ledger.Claim(Claim(Guid.NewGuid(), customer), Stop);
            Assert.Equal((true, SuppressionReason.ConsentWithdrawn), (claim.Forbidden, claim.Entry!.SuppressedBecause));
        }
    }

    [Fact]
    public async Task An_older_change_that_arrives_late_takes_nothing_back()
    {
        await Remember(Pat, null, 5);
        await Remember(Pat, SuppressionReason.Blocked, 4);
        await Remember(Sam, SuppressionReason.Blocked, 5);
        await Remember(Sam, null, 4);

        Assert.True((await Ledger.Claim(Claim(Guid.NewGuid()), Stop)).Taken);
        Assert.True((await Ledger.Claim(Claim(Guid.NewGuid(), Sam), Stop)).Forbidden);
    }

    [Fact]
    public async Task A_suppressed_order_may_be_sent_once_it_is_allowed_again()
    {
        var order = Guid.NewGuid();
        await Remember(Pat, SuppressionReason.ConsentWithdrawn, 0);
        await Ledger.Claim(Claim(order), Stop);
        await Remember(Pat, null, 1);

        var (taken, entry) = await Ledger.Claim(Claim(order), Stop);

        Assert.True(taken);
        Assert.Equal((DeliveryState.Sending, null, 1, 0), (entry!.State, entry.SuppressedBecause, entry.Attempts, entry.Uncertain));
    }

    [Fact]
    public async Task What_may_have_arrived_before_the_withdrawal_stays_known()
    {
        var order = Guid.NewGuid();
        await Ledger.Claim(Claim(order), Stop);
        await Ledger.Record(Outcome(order, DeliveryState.Unavailable) with { StatusCode = 504, MayHaveArrived = true }, Stop);
        await Remember(Pat, SuppressionReason.ConsentWithdrawn, 0);

        var suppressed = (await Ledger.Claim(Claim(order), Stop)).Entry!;
        await Remember(Pat, null, 1);
        var again = (await Ledger.Claim(Claim(order), Stop)).Entry!;

        Assert.Equal((DeliveryState.Suppressed, 1, 0, true, (int?)null), (suppressed.State, suppressed.Attempts, suppressed.Uncertain, suppressed.MayHaveArrived, suppressed.StatusCode));
        Assert.Equal((DeliveryState.Sending, 2, 1, true), (again.State, again.Attempts, again.Uncertain, again.RepeatsUnknown));
    }

    [Fact]
    public async Task What_is_accepted_or_refused_or_being_sent_elsewhere_stays_so()
    {
        var (accepted, refused, sending) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        foreach (var order in new[] { accepted, refused, sending })
            await Other.Claim(Claim(order), Stop);
        await Other.Record(Outcome(accepted, DeliveryState.Accepted), Stop);
        await Other.Record(Outcome(refused, DeliveryState.Refused), Stop);
        await Remember(Pat, SuppressionReason.Blocked, 0);

        var claims = await Task.WhenAll(new[] { accepted, refused, sending }.Select(order => Ledger.Claim(Claim(order), Stop)));

        Assert.All(claims, claim => Assert.Equal((false, false), (claim.Taken, claim.Forbidden)));
        Assert.Equal([DeliveryState.Accepted, DeliveryState.Refused, DeliveryState.Sending], claims.Select(claim => claim.Entry!.State));
    }

    [Fact]
    public async Task Of_many_at_once_exactly_those_who_withdrew_before_are_left_out()
    {
        var customers = Enumerable.Range(0, 600).Select(i => $"customer {i}").ToList();

        var claims = await Task.WhenAll(customers.Select(async (customer, index) =>
        {
            if (index % 3 == 0)
                await Remember(customer, SuppressionReason.ConsentWithdrawn, index);
            return await Ledger.Claim(Claim(Guid.NewGuid(), customer), Stop);
        }));

        Assert.All(claims.Index(), claim => Assert.Equal((claim.Index % 3 != 0, claim.Index % 3 == 0), (claim.Item.Taken, claim.Item.Forbidden)));
    }
}

public sealed class PostgreSqlConsentInTheClaimTests() : ConsentInTheClaimTests("PostgreSql");

public sealed class SqliteConsentInTheClaimTests() : ConsentInTheClaimTests("Sqlite");
