namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>Looks for queues that are not declared, because somebody else's subscriber made them; the seam between transports.</summary>
public interface IQueueFinder
{
    /// <summary>
    /// True when there is a queue of this name; then what is sent to the name reaches it. Makes no queue: one that nobody reads would only fill.
    /// </summary>
    /// <param name="queue">Its name.</param>
    /// <param name="cancellationToken">Ends waiting for the broker.</param>
    /// <exception cref="TopologyRefusedException">There is one, and it cannot be reached by its name.</exception>
    Task<bool> Find(string queue, CancellationToken cancellationToken);
}

/// <summary>In memory a queue is there as soon as something is sent to it.</summary>
internal sealed class InMemoryQueueFinder : IQueueFinder
{
    public Task<bool> Find(string queue, CancellationToken cancellationToken) => Task.FromResult(true);
}
