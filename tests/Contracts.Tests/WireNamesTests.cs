using Contracts.OrderIngest;
using MassTransit;
using ServiceDefaults.ConnectingToTheBus;

namespace Contracts.Tests;

/// <summary>
/// A message is found by its URN and its topic. A record that moves to another namespace keeps compiling and is skipped by every old
/// subscriber without an error; hence both are pinned.
/// </summary>
public sealed class WireNamesTests
{
    [Fact]
    public void Urns_topics_and_queues_are_the_approved_ones()
    {
        var topology = DeclaredTopology.Current;
        IEnumerable<string> lines =
        [
            .. topology.Topics.Select(topic => $"{topic.Message} | {MessageUrn.ForTypeString(Message(topic.Message))} | topic {topology.TopicOf(Message(topic.Message))}"),
            .. topology.Commands.Select(command => $"{command.Message} | {MessageUrn.ForTypeString(Message(command.Message))} | queue {command.Queue}"),
        ];
        Approved.Is("WireNames.approved.txt", string.Concat(lines.Order(StringComparer.Ordinal).Select(line => $"{line}\n")));
    }

    [Fact]
    public void Every_message_is_declared_and_everything_declared_is_a_message()
    {
        var topology = DeclaredTopology.Current;
        var declared = topology.Topics.Select(topic => topic.Message).Concat(topology.Commands.Select(command => command.Message)).Distinct().Order(StringComparer.Ordinal);
        var records = ContractTypes.Records().ToList();
        var values = records.SelectMany(ContractTypes.ValuesInside).ToHashSet();

        Assert.Equal(records.Where(record => !values.Contains(record)).Select(record => record.FullName!).Order(StringComparer.Ordinal), declared);
    }

    private static Type Message(string name) =>
        typeof(Order).Assembly.GetType(name) ?? throw new InvalidOperationException($"deploy/topology.json declares {name}, which no contract is");
}
