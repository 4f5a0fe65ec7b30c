using MassTransit;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>
/// A queue of one instance of a service, for what every instance has to hear. It goes soon after the instance, is declared by nobody else, and nothing
/// depends on what is in it.
/// </summary>
public static class QueueOfInstance
{
    /// <summary>How long RabbitMQ keeps one that nobody reads.</summary>
    internal static readonly TimeSpan Expires = TimeSpan.FromMinutes(1);

    private const string Mark = "-instance-";

    /// <summary>A name that no other instance has.</summary>
    /// <param name="queue">The service's queue.</param>
    public static string NewName(string queue) => $"{queue}{Mark}{NewId.NextGuid():N}";

    /// <summary>Whether a queue is one of these.</summary>
    public static bool IsNameOf(string queue) => queue.Contains(Mark, StringComparison.Ordinal);
}
