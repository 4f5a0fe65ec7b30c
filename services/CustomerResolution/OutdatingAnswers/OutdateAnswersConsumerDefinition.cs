using MassTransit;
using ServiceDefaults.ConnectingToTheBus;

namespace CustomerResolution.OutdatingAnswers;

/// <summary>Listens on a queue of this instance alone.</summary>
internal sealed class OutdateAnswersConsumerDefinition : ConsumerDefinition<OutdateAnswersConsumer>
{
    public OutdateAnswersConsumerDefinition() => Endpoint(endpoint =>
    {
        endpoint.Name = QueueOfInstance.NewName(Subscriptions.Queue);
        endpoint.Temporary = true;
    });

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<OutdateAnswersConsumer> consumerConfigurator, IRegistrationContext context)
    {
        // Error queues would outlive the instance.
        endpointConfigurator.DiscardFaultedMessages();
        endpointConfigurator.DiscardSkippedMessages();
        endpointConfigurator.ConnectReceiveEndpointObserver(new MissedNotices(context));
    }
}
