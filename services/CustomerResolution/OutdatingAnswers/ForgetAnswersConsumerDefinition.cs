using MassTransit;
using ServiceDefaults.ConnectingToTheBus;

namespace CustomerResolution.OutdatingAnswers;

/// <summary>Listens on a queue of this instance alone. What an instance that is not connected misses, it has forgotten by <c>Loyalty:CacheFor</c> at the latest.</summary>
internal sealed class ForgetAnswersConsumerDefinition : ConsumerDefinition<ForgetAnswersConsumer>
{
    public ForgetAnswersConsumerDefinition() => Endpoint(endpoint =>
    {
        endpoint.Name = QueueOfInstance.NewName(Subscriptions.Queue);
        endpoint.Temporary = true;
    });

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ForgetAnswersConsumer> consumerConfigurator, IRegistrationContext context)
    {
        // Error queues would outlive the instance.
        endpointConfigurator.DiscardFaultedMessages();
        endpointConfigurator.DiscardSkippedMessages();
    }
}
