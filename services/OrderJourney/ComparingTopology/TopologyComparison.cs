using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.InspectingTheBroker;

namespace OrderJourney.ComparingTopology;

/// <summary>Compares what is declared with what is on the broker.</summary>
internal sealed class TopologyComparison(DeclaredTopology declared, BrokerInventory found)
{
    // MassTransit puts these beside a queue: what failed, and what nobody in the service wanted.
    private static readonly string[] Beside = ["_error", "_skipped"];

    private readonly HashSet<string> _required = [.. declared.RequiredQueues], _declared = [.. declared.Queues], _topics = [.. declared.Topics.Select(topic => topic.Name)];
    private readonly Dictionary<string, QueueFound> _queues = found.Queues.ToDictionary(queue => queue.Name);
    private readonly ILookup<string, string> _topicsOf = found.Subscriptions.ToLookup(subscription => subscription.Queue, subscription => subscription.Topic);

    /// <summary>Everything there is to say, problems first.</summary>
    public static IReadOnlyList<Finding> Of(DeclaredTopology declared, BrokerInventory found)
    {
        var comparison = new TopologyComparison(declared, found);
        return [.. comparison.OfQueues().Concat(comparison.OfTopics()).Concat(comparison.OfStrangers()).OrderBy(finding => finding.Kind).ThenBy(finding => finding.Entity, StringComparer.Ordinal)];
    }

    private IEnumerable<Finding> OfQueues()
    {
        foreach (var name in _declared)
        {
            if (!_queues.TryGetValue(name, out var queue))
            {
                yield return !_required.Contains(name) ? new(FindingKind.NotInstalled, name, "is not required and not there: its service has never run against this broker")
                    : SameTopics(name) is { } other ? new(FindingKind.Renamed, name, $"is missing, and {other} hears the same topics: was it renamed? What is in {other} is read by nobody")
                    : new(FindingKind.Missing, name, "is not there: a running service puts it back within Bus:RedeclareEvery; does one run, and is it allowed to?");
                continue;
            }
            if (queue.Consumers == 0)
                yield return new(FindingKind.NoConsumers, name, $"nobody receives from it; {queue.Messages} messages wait");
            foreach (var difference in queue.Differences)
                yield return new(FindingKind.Different, name, difference);
            if (queue.DeadLettered > 0)
                yield return new(FindingKind.PutAside, name, $"{queue.DeadLettered} messages are among its dead letters");
            foreach (var aside in Beside)
            {
                if (_queues.TryGetValue(name + aside, out var failed) && failed.Messages > 0)
                    yield return new(FindingKind.PutAside, failed.Name, $"{failed.Messages} messages; why is in their headers MT-Fault-*");
            }
        }
    }

    private IEnumerable<Finding> OfTopics()
    {
        var there = found.Topics.ToDictionary(topic => topic.Name);
        var heard = found.Subscriptions.ToLookup(subscription => (subscription.Topic, subscription.Queue));
        foreach (var topic in declared.Topics)
        {
            if (!there.TryGetValue(topic.Name, out var one))
            {
                yield return new(FindingKind.Missing, topic.Name, "the topic is not there: what is published is lost or held up");
                continue;
            }
            foreach (var difference in one.Differences)
                yield return new(FindingKind.Different, topic.Name, difference);
            foreach (var subscription in topic.Subscriptions.Where(subscription => !heard.Contains((topic.Name, subscription.Queue))))
            {
                // Without its queue that has been said already.
                if (_queues.ContainsKey(subscription.Queue))
                    yield return new(subscription.Required ? FindingKind.Missing : FindingKind.NotInstalled, $"{topic.Name} -> {subscription.Queue}", "the queue does not hear the topic");
            }
        }
        foreach (var subscription in found.Subscriptions.Where(subscription => _topics.Contains(subscription.Topic)))
        {
            foreach (var difference in subscription.Differences)
                yield return new(FindingKind.Different, $"{subscription.Topic} -> {subscription.Queue}", difference);
            if (subscription.DeadLettered > 0)
                yield return new(FindingKind.PutAside, $"{subscription.Topic} -> {subscription.Queue}", $"{subscription.DeadLettered} events could not be forwarded and are among the subscription's dead letters");
        }
    }

    private IEnumerable<Finding> OfStrangers()
    {
        foreach (var queue in found.Queues.Where(queue => !_declared.Contains(queue.Name) && !IsBesideDeclared(queue.Name)))
        {
            var topics = _topicsOf[queue.Name].Where(_topics.Contains).Distinct().Order(StringComparer.Ordinal).ToList();
            var hears = topics.Count == 0 ? "hears none of our topics" : $"hears {string.Join(", ", topics)}";
            if (QueueOfInstance.IsNameOf(queue.Name))
                yield return new(FindingKind.Note, queue.Name, queue.Consumers == 0 ? "was of an instance that has ended, and goes by itself" : "is of one instance, and goes with it");
            else if (queue.Consumers is > 0 || (queue.Consumers is null && topics.Count > 0))
                yield return new(FindingKind.Note, queue.Name, $"is somebody else's: {hears}");
            else if (topics.Count > 0)
                yield return new(FindingKind.Orphaned, queue.Name, $"is not declared, {hears}, and nobody receives from it: it only fills ({queue.Messages} messages)");
            else
                yield return new(FindingKind.Note, queue.Name, $"is not declared and {hears}; {queue.Messages} messages");
        }
        foreach (var foreign in found.Subscriptions.Where(subscription => _topics.Contains(subscription.Topic) && _declared.Contains(subscription.Queue) && !IsDeclared(subscription)))
            yield return new(FindingKind.Orphaned, $"{foreign.Topic} -> {foreign.Queue}", "is not declared: the service does not know these events and puts them aside");
    }

    private bool IsDeclared(SubscriptionFound subscription) =>
        declared.Topics.Any(topic => topic.Name == subscription.Topic && topic.Subscriptions.Any(one => one.Queue == subscription.Queue));

    private bool IsBesideDeclared(string name) => Beside.Any(aside => name.EndsWith(aside, StringComparison.Ordinal) && _declared.Contains(name[..^aside.Length]));

    // A stranger that nobody reads and that hears everything the missing queue should.
    private string? SameTopics(string name)
    {
        var wanted = declared.Topics.Where(topic => topic.Subscriptions.Any(subscription => subscription.Queue == name)).Select(topic => topic.Name).ToHashSet();
        return wanted.Count == 0 ? null : found.Queues.FirstOrDefault(queue => !_declared.Contains(queue.Name) && queue.Consumers is null or 0 && wanted.IsSubsetOf(_topicsOf[queue.Name]))?.Name;
    }
}
