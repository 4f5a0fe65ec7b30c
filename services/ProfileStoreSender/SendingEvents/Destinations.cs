namespace ProfileStoreSender.SendingEvents;

/// <summary>Names of destinations as messages, ledger and configuration write them.</summary>
internal static class Destinations
{
    /// <summary>Optimizely Profile Store's tracking API.</summary>
    public const string ProfileStore = "profile-store";
}
