namespace Structure.Tests;

/// <summary>By which queues a service is scaled, and how far.</summary>
/// <param name="Service">Spelled as its image.</param>
/// <param name="Queues">Queue and messages that want an instance more.</param>
/// <param name="Most">Instances at most.</param>
internal sealed record ServiceScaling(string Service, IReadOnlyDictionary<string, string> Queues, int Most)
{
    public override string ToString() => $"{Service}: {string.Join(", ", Queues.OrderBy(queue => queue.Key, StringComparer.Ordinal).Select(queue => $"{queue.Key} {queue.Value}"))}, {Most} at most";

    /// <summary>Every queue is declared and read by the service; every service has one.</summary>
    public static void Check(IReadOnlyCollection<ServiceScaling> all)
    {
        Assert.Equal(Repository.Services.Select(service => Repository.Spelled(service, '-')).Order(StringComparer.Ordinal), all.Select(scaling => scaling.Service).Order(StringComparer.Ordinal));
        Assert.All(all, scaling =>
        {
            Assert.NotEmpty(scaling.Queues);
            Assert.All(scaling.Queues.Keys, queue => Assert.True(
                Topology.Inbound.TryGetValue(queue, out var reader) ? reader == scaling.Service : Topology.Queues.Contains(queue) && queue.StartsWith(scaling.Service, StringComparison.Ordinal),
                $"{scaling.Service} does not read the queue {queue}, or deploy/topology.json does not declare it"));
            Assert.InRange(scaling.Most, 1, 20);
        });
    }
}
