using MassTransit;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>Gives declared events their topic's name; everything else (faults, private messages) keeps MassTransit's.</summary>
internal sealed class DeclaredTopicNames(DeclaredTopology topology, IEntityNameFormatter others) : IEntityNameFormatter
{
    public string FormatEntityName<T>() => topology.TopicOf(typeof(T)) ?? others.FormatEntityName<T>();
}
