namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>Addresses of the declared queues, for commands.</summary>
public static class QueueAddress
{
    /// <summary>
    /// Where a service's own queue is reached on any transport. The plain form <c>queue:name</c> would make MassTransit declare the queue anew
    /// as a classic one before it sends, which RabbitMQ refuses for a quorum queue, again and again; with <c>bind=false</c> it only sends.
    /// </summary>
    public static Uri Of(string queue) => new($"queue:{queue}?bind=false");
}
