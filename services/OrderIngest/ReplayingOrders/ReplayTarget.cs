using System.Text.RegularExpressions;
using Contracts.ProfileStoreSender;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderIngest.ReplayingOrders;

/// <summary>Who gets a replay, and as what.</summary>
/// <param name="Queue">Name of the queue.</param>
/// <param name="Message">One of <see cref="ReplayMessage"/>.</param>
internal sealed partial record ReplayTarget(string Queue, string Message)
{
    private const int LongestName = 200;

    /// <summary>The target, or what is wrong with it.</summary>
    public static (ReplayTarget? Target, string? Wrong) Of(ReplayRequest request, DeclaredTopology topology)
    {
        if (request.Queue is null == request.Destination is null)
            return (null, "say who gets the orders: either queue or destination");
        if (request.Message is { } asked && !ReplayMessage.All.Contains(asked, StringComparer.Ordinal))
            return (null, $"message: is none of {string.Join(", ", ReplayMessage.All)}");
        if (request.Destination is { } destination && !Destinations.All.Contains(destination, StringComparer.Ordinal))
            return (null, $"destination: is none of {string.Join(", ", Destinations.All)}");
        var queue = request.Queue ?? Destinations.QueueOf(request.Destination!);
        return Refusal(queue, topology) is { } refusal ? (null, refusal) : As(queue, request.Message, topology);
    }

    private static (ReplayTarget? Target, string? Wrong) As(string queue, string? asked, DeclaredTopology topology)
    {
        var known = Messages(queue, topology);
        if (!IsDeclared(queue, topology))
            return asked is null ? (null, $"message: say what the queue gets, {string.Join(" or ", ReplayMessage.All)}; it is not declared, so nobody knows") : (new(queue, asked), null);
        if (known.Count == 0)
            return (null, "queue: gets neither orders nor resolved customers");
        if (asked is not null && !known.Contains(asked))
            return (null, $"message: the queue gets {string.Join(" and ", known)}");
        return asked is null && known.Count > 1 ? (null, $"message: the queue gets {string.Join(" and ", known)}; say which") : (new(queue, asked ?? known[0]), null);
    }

    private static string? Refusal(string queue, DeclaredTopology topology)
    {
        if (queue.Length > LongestName || !Usable().IsMatch(queue))
            return $"queue: is no name of a queue: letters, digits, '-', '_' and '.', {LongestName} at most";
        if (queue.StartsWith("amq.", StringComparison.Ordinal) || queue.EndsWith("_error", StringComparison.Ordinal) || queue.EndsWith("_skipped", StringComparison.Ordinal) || QueueOfInstance.IsNameOf(queue))
            return "queue: is one of the broker's or the bus's own";
        // What these learn they publish, or have published, for every subscriber.
        return topology.Topics.Any(topic => NameOf(topic.Message) == ReplayMessage.OrderReceived && topic.Subscriptions.Any(s => s.Queue == queue && s.Required))
            ? "queue: what follows from a replay there would reach every subscriber; have the journey ask again instead" : null;
    }

    private static bool IsDeclared(string queue, DeclaredTopology topology) => topology.Topics.SelectMany(topic => topic.Subscriptions).Any(s => s.Queue == queue)
        || topology.Commands.Any(command => command.Queue == queue) || topology.Inbound.Any(inbound => inbound.Queue == queue);

    private static List<string> Messages(string queue, DeclaredTopology topology) =>
        [.. topology.Topics.Where(topic => topic.Subscriptions.Any(s => s.Queue == queue)).Select(topic => NameOf(topic.Message)).Where(ReplayMessage.All.Contains)];

    private static string NameOf(string message) => message[(message.LastIndexOf('.') + 1)..];

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    private static partial Regex Usable();
}
