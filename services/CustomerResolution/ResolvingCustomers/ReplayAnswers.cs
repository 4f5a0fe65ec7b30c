using Contracts.CustomerResolution;
using MassTransit;
using ServiceDefaults.ConnectingToTheBus;

namespace CustomerResolution.ResolvingCustomers;

/// <summary>
/// What becomes of an order that is replayed: the customer goes to the one queue that was named, or nothing goes anywhere. No event is published: everybody else was told when the
/// order was new, and a failure would set its journey back. Nobody would ask again, so an order waits here until the provider answers.
/// </summary>
internal sealed class ReplayAnswers(CustomerResolver resolver, CustomerResolutionMetrics metrics, TimeProvider time)
{
    /// <summary>How long an order waits before the provider is asked for it again. Far below the time a broker leaves a message unacknowledged.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    public async Task Answer(ResolveCustomerForReplay command, ConsumeContext context)
    {
        var resolution = await resolver.Resolve(new(command.OrderId, command.Order), context.CancellationToken);
        if (resolution.Customer is { } customer)
            await Send(command.Queue, resolution.Resolved(command.OrderId, command.Order, customer) with { ReplayId = command.ReplayId }, command, context);
        else if (resolution.Reason == CustomerResolutionFailureReason.ProviderUnavailable)
        {
            // Behind the others, for as long as it takes: an error queue would only have to be emptied by hand.
            await Task.Delay(Pause, time, context.CancellationToken);
            await Send(Subscriptions.ReplayQueue, command, command, context);
        }
        metrics.Replayed(resolution);
    }

    private static async Task Send<T>(string queue, T message, ResolveCustomerForReplay command, ConsumeContext context)
        where T : class
    {
        var endpoint = await context.GetSendEndpoint(QueueAddress.Of(queue));
        await ConfirmedSending.Within(
            ConfirmedSending.Bound, context, token => endpoint.Send(message, send => send.MarkReplayed(command.ReplayId, command.OrderId), token));
    }
}
