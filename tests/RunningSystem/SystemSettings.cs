using RealServers;

namespace RunningSystem;

/// <summary>How the system is started.</summary>
public sealed record SystemSettings
{
    /// <summary>Configuration of single services beyond the usual: service, key (with <c>__</c>), value.</summary>
    public IReadOnlyList<(string Service, string Key, string Value)> Extra { get; init; } = [];

    /// <summary>The assembly of a service; by default the one of this build.</summary>
    public Func<string, string> Program { get; init; } = ServiceProcess.Program;

    /// <summary>Where broker and database are; null = the usual ones.</summary>
    public ServerAddresses? Servers { get; init; }

    /// <summary>Whether OrderIngest looks into the source's inbox.</summary>
    public bool WatchInbox { get; init; }

    /// <summary>The loyalty provider.</summary>
    public LoyaltyProviderStandIn.StandInOptions Loyalty { get; init; } = new() { KnowEveryCard = true };

    /// <summary>The profile store.</summary>
    public ProfileStoreStandIn.StandInOptions ProfileStore { get; init; } = new();

    /// <summary>What exists in ODP's account; null = Profile Store is the only destination.</summary>
    public OdpStandIn.OdpStandInOptions? Odp { get; init; }

    /// <summary>An account that knows cards and tells orders apart by their own ids.</summary>
    public static OdpStandIn.OdpStandInOptions OdpAccount { get; } = new() { Identifiers = ["loyalty_card"], OrderFields = ["in_store_order", "exchange_order"], IdField = "in_store_order" };

    /// <summary>A ProfileStoreSender for each destination, instead of one for all.</summary>
    public bool ProcessPerDestination { get; init; }

    /// <summary>Short deadlines, so that what heals by them heals within a test.</summary>
    public static SystemSettings ForTests { get; } = new()
    {
        Extra =
        [
            ("OrderJourney", "Journey__ResolutionDeadline", "00:00:05"), ("OrderJourney", "Journey__TrackingDeadline", "00:00:10"), ("OrderJourney", "Journey__SweepEvery", "00:00:00.5"),
            ("OrderIngest", "OrderIngest__AcknowledgeWithin", "00:00:05"), ("OrderIngest", "OrderIngest__ReconcileEvery", "00:00:01"),
            ("ProfileStoreSender", "ProfileStore__Timeout", "00:00:03"),
            ("", "Bus__RedeclareEvery", "00:00:05"),
        ],
    };
}
