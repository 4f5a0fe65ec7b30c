using Contracts.CustomerResolution;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ProfileStoreSender.KeepingConsents;
using ProfileStoreSender.KeepingTheLedger;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.Tests.KeepingConsents;

/// <summary>Which reasons a claim still heeds, written once and run on both databases.</summary>
public abstract class ReasonInTheClaimTests(string kind) : IAsyncLifetime
{
    private const string Pat = "key-of-pat", Sam = "key-of-sam";

    private readonly ManualTime _time = new();
    private LedgerDatabase _files = null!;
    private SenderHost _host = null!;
    private Ledger _ledger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _files = await LedgerDatabase.Create(kind);
        _host = await SenderHost.Start(database: _files);
        _ledger = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        await _host.DisposeAsync();
        await _files.DisposeAsync();
    }

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

            var claim = await _ledger.Claim(
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

        var claim = await _ledger.Claim(Claim(Guid.NewGuid()) with { StatusSeenAt = An.Noon.AddSeconds(3) }, Stop);
        var both = await _ledger.Claim(Claim(Guid.NewGuid()) with { StatusSeenAt = An.Noon.AddSeconds(3), ConsentSeenAt = An.Noon.AddSeconds(3) }, Stop);

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
        var (pats, sams) = (await _ledger.Claim(Claim(Guid.NewGuid()), Stop), await _ledger.Claim(Claim(Guid.NewGuid(), Sam), Stop));
        await Remember(Sam, SuppressionReason.Blocked, 3);

        Assert.Equal((true, SuppressionReason.Unknown), (pats.Forbidden, pats.Entry!.SuppressedBecause));
        Assert.True(sams.Taken);
        Assert.Equal(SuppressionReason.Blocked, (await _ledger.Claim(Claim(Guid.NewGuid(), Sam), Stop)).Entry!.SuppressedBecause);
    }

    private static LedgerClaim Claim(Guid order, string customer = Pat) => new(order, "profile-store", "t1", false, customer);

    /// <summary>A reason forbids; none lifts them all.</summary>
    private Task Remember(string customer, SuppressionReason? forbidden, int secondsAfterNoon) =>
        Word(new(customer, forbidden, forbidden is null, An.Noon.AddSeconds(secondsAfterNoon)));

    private Task Word(Consent word) => _host.Services.GetRequiredService<Consents>().Remember(word, Stop);

    private Ledger Open()
    {
        var database = _host.Services.GetRequiredKeyedService<ServiceDatabase>("ProfileStoreSender");
        return new(kind == "PostgreSql" ? new PostgreSqlLedgerStore(database) : new SqliteLedgerStore(database), database, TimeSpan.FromSeconds(15), _time);
    }
}

public sealed class PostgreSqlReasonInTheClaimTests() : ReasonInTheClaimTests("PostgreSql");

public sealed class SqliteReasonInTheClaimTests() : ReasonInTheClaimTests("Sqlite");
