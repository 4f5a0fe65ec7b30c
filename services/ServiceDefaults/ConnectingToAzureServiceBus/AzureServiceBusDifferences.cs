using System.Globalization;

namespace ServiceDefaults.ConnectingToAzureServiceBus;

/// <summary>How what is on a namespace differs from what the services make, in words. Service Bus lets most of it be changed only by making the entity anew.</summary>
public static class AzureServiceBusDifferences
{
    /// <summary>Of a queue.</summary>
    /// <param name="wanted">As the services make it.</param>
    /// <param name="found">As it is.</param>
    public static IReadOnlyList<string> OfQueue(AzureServiceBusQueueProperties wanted, FoundQueueProperties found)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return [.. Differences()];

        IEnumerable<string> Differences()
        {
            if (found.LockDuration != wanted.LockDuration)
                yield return $"has a lock duration of {found.LockDuration.ToString("c", CultureInfo.InvariantCulture)}; the services want {wanted.LockDuration.ToString("c", CultureInfo.InvariantCulture)}";
            if (found.MaxDeliveryCount < wanted.MaxDeliveryCount)
                yield return $"puts a message aside after {found.MaxDeliveryCount} deliveries; the services want {wanted.MaxDeliveryCount}, as each restart counts";
            if (found.RequiresSession)
                yield return "requires sessions: the services do not open any, and nothing is received";
            if (found.RequiresDuplicateDetection)
                yield return "detects duplicates: what is sent again on purpose is dropped without a word; only topics may";
            if (!string.IsNullOrEmpty(found.ForwardTo))
                yield return "forwards to somewhere else: its service receives nothing";
        }
    }

    /// <summary>Of a topic.</summary>
    /// <param name="wanted">For how long it shall detect duplicates; null = not at all.</param>
    /// <param name="found">For how long it does.</param>
    public static IReadOnlyList<string> OfTopic(TimeSpan? wanted, TimeSpan? found) => wanted == found ? [] :
        [$"detects duplicates {Words(found)}; declared is {Words(wanted)}: an event that is published again on purpose may be dropped"];

    /// <summary>Of a subscription.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="forwardTo">Where it forwards to: a name, or an address.</param>
    public static IReadOnlyList<string> OfSubscription(string name, string? forwardTo) => QueueOf(forwardTo) switch
    {
        null => ["forwards to no queue: its events wait for a reader of the subscription itself"],
        var queue when !queue.Equals(name, StringComparison.OrdinalIgnoreCase) && !queue.StartsWith(name[..Math.Min(43, name.Length)], StringComparison.OrdinalIgnoreCase) =>
            [$"is named {name} and forwards to {queue}; MassTransit makes a second one named for the queue, and events arrive twice"],
        _ => [],
    };

    /// <summary>The queue in a subscription's <c>ForwardTo</c>, which Service Bus answers with an address.</summary>
    /// <param name="forwardTo">A name, an address or nothing.</param>
    public static string? QueueOf(string? forwardTo) => string.IsNullOrEmpty(forwardTo) ? null
        : Uri.TryCreate(forwardTo, UriKind.Absolute, out var address) ? address.AbsolutePath.Trim('/') : forwardTo.Trim('/');

    private static string Words(TimeSpan? window) => window is null ? "never" : $"within {window.Value.ToString("c", CultureInfo.InvariantCulture)}";
}

/// <summary>The properties of a queue that matter here.</summary>
/// <param name="LockDuration">For how long a message is locked.</param>
/// <param name="MaxDeliveryCount">Deliveries before it is put aside.</param>
/// <param name="RequiresSession">Only sessions receive.</param>
/// <param name="RequiresDuplicateDetection">Drops a second message with the same id.</param>
/// <param name="ForwardTo">Where everything goes on to.</param>
public readonly record struct FoundQueueProperties(TimeSpan LockDuration, int MaxDeliveryCount, bool RequiresSession, bool RequiresDuplicateDetection, string? ForwardTo);
