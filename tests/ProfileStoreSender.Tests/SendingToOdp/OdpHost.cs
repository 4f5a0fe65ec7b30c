using Contracts.ProfileStoreSender;
using OdpStandIn;
using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.Tests.SendingToOdp;

/// <summary>The service as it serves ODP alone, and an ODP.</summary>
internal sealed class OdpHost : IAsyncDisposable
{
    public const string Card = "2900000000017";

    private OdpHost(SenderHost sender, RunningOdp odp) => (Sender, Odp) = (sender, odp);

    public SenderHost Sender { get; }

    public RunningOdp Odp { get; }

    /// <param name="database">Kind of the ledger's database.</param>
    /// <param name="byCard">Whether cards are an identifier.</param>
    /// <param name="odp">What exists in the account.</param>
    public static async Task<OdpHost> Start(string database = "Sqlite", bool byCard = true, OdpStandInOptions? odp = null)
    {
        var running = await RunningOdp.Start(odp ?? new() { Key = "public-key", Identifiers = ["loyalty_card"], OrderFields = ["in_store_order"], IdField = "in_store_order" });
        var settings = new Dictionary<string, string?>
        {
            ["ProfileStoreSender:Destinations:0"] = "odp",
            ["Odp:Enabled"] = "true",
            ["Odp:BaseAddress"] = running.Address.ToString(),
            ["Odp:ApiKey"] = "public-key",
            ["Odp:HoldFor"] = "00:00:20",
            ["Odp:OrderFields:in_store_order"] = "OrderId",
        };
        if (byCard)
            settings["Odp:CardIdentifier"] = "loyalty_card";
        return new(await SenderHost.Start(database, settings: settings), running);
    }

    public async Task<PublishedOutcome> Outcome(Guid order) => Assert.Single(await Sender.Outcomes(order));

    public async Task<LedgerEntry> Row(Guid order) =>
        await Sender.Ledger.Find(order, Destinations.Odp, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("no row in the ledger");

    public async ValueTask DisposeAsync()
    {
        await Odp.Behave();
        await Sender.DisposeAsync();
        await Odp.DisposeAsync();
    }
}
