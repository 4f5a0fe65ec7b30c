namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>
/// How often RabbitMQ may deliver a message again. From version 4 on a quorum queue throws a message away that comes back for the 21st time unless it says otherwise, and a message is
/// delivered again whenever the process that holds it goes away: twenty restarts, or ten hours in which a database is away (a delivery may be held for 30 minutes),
/// and an order that was confirmed to an ERP is gone. What cannot be processed goes to the error queue; how often, the services decide. The -1 that means "no limit" to version 4
/// means "not once" to version 3, and is not sure to work as a policy; a number nobody reaches means the same to both.
/// Source: rabbitmq.com/docs/quorum-queues, poison message handling; Particular/NServiceBus.RabbitMQ issues 1688 and 1828.
/// </summary>
internal static class QuorumQueues
{
    public const string DeliveryLimit = "x-delivery-limit";
    public const int NoDeliveryLimit = int.MaxValue;
}
