namespace Contracts.ProfileStoreSender;

/// <summary>Destinations by the names that messages and settings give them, and the queues that commands for them go to.</summary>
public static class Destinations
{
    /// <summary>Optimizely Profile Store's tracking API.</summary>
    public const string ProfileStore = "profile-store";

    /// <summary>Optimizely Data Platform's events API.</summary>
    public const string Odp = "odp";

    /// <summary>A receiver of signed webhooks.</summary>
    public const string Webhook = "webhook";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [ProfileStore, Odp, Webhook];

    /// <summary>The queue of a destination. The first one has kept the name it had when it was the only one.</summary>
    public static string QueueOf(string destination) => destination == ProfileStore ? "profile-store-sender" : $"profile-store-sender-{destination}";
}
