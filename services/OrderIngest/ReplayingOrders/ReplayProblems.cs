namespace OrderIngest.ReplayingOrders;

/// <summary>Codes of problems with replays.</summary>
internal static class ReplayProblems
{
    /// <summary>409: the count that was confirmed is not that of now.</summary>
    public const string ConfirmationOutdated = "confirmation-outdated";

    /// <summary>409: the broker has no queue of this name, or none that can be reached.</summary>
    public const string NoSuchQueue = "no-such-queue";
}
