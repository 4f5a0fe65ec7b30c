using Azure.Messaging.ServiceBus.Administration;
using ServiceDefaults.ConnectingToTheBus;

namespace AzureServiceBus;

/// <summary>Asks Service Bus for a queue; what is sent to its name reaches it without further ado.</summary>
internal sealed class AzureServiceBusQueueFinder(ServiceBusAdministrationClient administration) : IQueueFinder
{
    public async Task<bool> Find(string queue, CancellationToken cancellationToken) => await administration.QueueExistsAsync(queue, cancellationToken);
}
