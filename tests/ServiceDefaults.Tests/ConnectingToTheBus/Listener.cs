using System.Collections.Concurrent;
using MassTransit;
using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.Tests.ConnectingToTheBus;

/// <summary>Listens to one message on the queue that its second parameter stands for, as a service's consumer does.</summary>
public sealed class Listener<TMessage, TSubscriber>(Heard heard) : IConsumer<TMessage>
    where TMessage : class
    where TSubscriber : ISubscriber
{
    public Task Consume(ConsumeContext<TMessage> context)
    {
        heard.On(TSubscriber.Queue).Enqueue(context.Message);
        return Task.CompletedTask;
    }
}

public sealed class ListenerDefinition<TMessage, TSubscriber> : ConsumerDefinition<Listener<TMessage, TSubscriber>>
    where TMessage : class
    where TSubscriber : ISubscriber
{
    public ListenerDefinition() => EndpointName = TSubscriber.Queue;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<Listener<TMessage, TSubscriber>> consumerConfigurator, IRegistrationContext context)
    {
        if (DeclaredTopology.Current.TopicOf(typeof(TMessage)) is null)
            endpointConfigurator.ConfigureMessageTopology<TMessage>(false);
    }
}

/// <summary>What arrived, by queue.</summary>
public sealed class Heard
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<object>> _byQueue = new();

    public ConcurrentQueue<object> On(string queue) => _byQueue.GetOrAdd(queue, _ => new());
}

public interface ISubscriber
{
    static abstract string Queue { get; }
}

public sealed class CustomerResolution : ISubscriber
{
    public static string Queue => "customer-resolution";
}

public sealed class OrderJourney : ISubscriber
{
    public static string Queue => "order-journey";
}

public sealed class ProfileStoreSender : ISubscriber
{
    public static string Queue => "profile-store-sender";
}

public sealed class ProfileStoreSenderConsents : ISubscriber
{
    public static string Queue => "profile-store-sender-consents";
}

public sealed class OrderIngest : ISubscriber
{
    public static string Queue => "order-ingest";
}

public sealed class CustomerResolutionReplays : ISubscriber
{
    public static string Queue => "customer-resolution-replays";
}

public sealed class ProfileStoreSenderErasures : ISubscriber
{
    public static string Queue => "profile-store-sender-erasures";
}

public sealed class ProfileStoreSenderOdp : ISubscriber
{
    public static string Queue => "profile-store-sender-odp";
}

public sealed class ProfileStoreSenderWebhook : ISubscriber
{
    public static string Queue => "profile-store-sender-webhook";
}

public sealed class EmailMarketing : ISubscriber
{
    public static string Queue => "email-marketing";
}
