using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.Tests.KeepingTheLedger;

/// <summary>For whom an order was sent, written once and run on both databases.</summary>
public abstract class CustomerInTheLedgerTests(string kind) : OpenLedgers(kind)
{
    [Fact]
    public async Task Refused_for_one_customer_is_tried_for_another()
    {
        var order = Guid.NewGuid();
        await Ledger.Claim(Claim(order), Stop);
        var refused = await Ledger.Record(Outcome(order, DeliveryState.Refused) with { StatusCode = 400, MayHaveArrived = false }, Stop);

        var (taken, entry) = await Ledger.Claim(Claim(order, customer: "another"), Stop);

        Assert.Equal((true, 2, 0, "another"), (taken, entry!.Attempts, entry.Uncertain, entry.CustomerKey));
        Assert.Equal((true, false, true), (refused.Settles(Claim(order)), refused.Settles(Claim(order, customer: "another")), (refused with { CustomerKey = null }).Settles(Claim(order))));
    }

    [Fact]
    public async Task Accepted_says_for_whom_even_when_somebody_else_was_claimed_meanwhile()
    {
        var order = Guid.NewGuid();
        await Ledger.Claim(Claim(order), Stop);
        Time.Advance(Lease + TimeSpan.FromMilliseconds(1));
        await Other.Claim(Claim(order, customer: "another"), Stop);

        var accepted = await Ledger.Record(Outcome(order, DeliveryState.Accepted), Stop);
        var repeated = await Other.Claim(Claim(order, customer: "another"), Stop);

        Assert.Equal("customer", accepted.CustomerKey);
        Assert.Equal((false, "customer"), (repeated.Taken, repeated.Entry!.CustomerKey));
    }
}

public sealed class PostgreSqlCustomerInTheLedgerTests() : CustomerInTheLedgerTests("PostgreSql");

public sealed class SqliteCustomerInTheLedgerTests() : CustomerInTheLedgerTests("Sqlite");
