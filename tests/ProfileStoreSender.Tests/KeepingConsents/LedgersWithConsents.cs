using Contracts.CustomerResolution;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ProfileStoreSender.KeepingConsents;
using ProfileStoreSender.Tests.KeepingTheLedger;

namespace ProfileStoreSender.Tests.KeepingConsents;

/// <summary>What was said of customers, in the database that the ledgers read.</summary>
public abstract class LedgersWithConsents(string kind) : OpenLedgers(kind)
{
    /// <summary>A customer's key.</summary>
    protected const string Pat = "customer", Sam = "another customer";

    /// <summary>A reason forbids; none lifts them all.</summary>
    protected Task Remember(string customer, SuppressionReason? forbidden, int secondsAfterNoon) =>
        Word(new(customer, forbidden, forbidden is null, An.Noon.AddSeconds(secondsAfterNoon)));

    private protected Task Word(Consent word) => Services.GetRequiredService<Consents>().Remember(word, Stop);
}
