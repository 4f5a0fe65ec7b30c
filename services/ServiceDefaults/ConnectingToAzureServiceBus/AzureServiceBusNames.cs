using System.Text.RegularExpressions;
using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.ConnectingToAzureServiceBus;

/// <summary>
/// What Service Bus takes as a name. Longer subscription names MassTransit shortens with a hash: then the name it makes and the one that is declared would
/// be two subscriptions, and every event would arrive twice. Source: "Service Bus quotas" of Microsoft's documentation; MassTransit 8.4 for the letters.
/// </summary>
public static partial class AzureServiceBusNames
{
    private const int LongestPath = 260, LongestSubscription = 50;

    /// <summary>What is wrong with a topology's names, one line each; empty when Service Bus takes them all.</summary>
    public static IEnumerable<string> Problems(DeclaredTopology topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        return topology.Topics.SelectMany(topic => PathProblems("topic", topic.Name))
            .Concat(topology.Queues.SelectMany(queue => PathProblems("queue", queue)))
            // MassTransit puts its error queue beside a queue.
            .Concat(topology.Queues.SelectMany(queue => PathProblems("queue", $"{queue}_error")))
            .Concat(topology.Topics.SelectMany(topic => topic.Subscriptions).Select(subscription => subscription.Queue).Distinct().SelectMany(SubscriptionProblems))
            // Topics and queues of a namespace share one set of names.
            .Concat(topology.Topics.Select(topic => topic.Name).Intersect(topology.Queues, StringComparer.OrdinalIgnoreCase).Select(name => $"{name} is both a topic and a queue"));
    }

    /// <summary>What is wrong with a topic's or queue's name.</summary>
    public static IEnumerable<string> PathProblems(string kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > LongestPath)
            yield return $"{kind} {name}: a name has 1 to {LongestPath} characters";
        if (!Path().IsMatch(name))
            yield return $"{kind} {name}: letters, digits and . - _ / only, with a letter or digit at either end";
    }

    /// <summary>What is wrong with a subscription's name, which is that of the queue it forwards to.</summary>
    public static IEnumerable<string> SubscriptionProblems(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > LongestSubscription)
            yield return $"subscription {name}: a name has 1 to {LongestSubscription} characters";
        if (!Subscription().IsMatch(name))
            yield return $"subscription {name}: letters, digits and . - _ only, with a letter or digit at either end";
    }

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?$")]
    private static partial Regex Path();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")]
    private static partial Regex Subscription();
}
