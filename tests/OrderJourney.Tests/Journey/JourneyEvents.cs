using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using Contracts.ProfileStoreSender;
using MessageExamples;
using OrderJourney.Journey;

namespace OrderJourney.Tests.Journey;

/// <summary>Every event an order can meet, as values that can be shuffled.</summary>
public static class JourneyEvents
{
    public static readonly Guid Id = new("0198aaaa-0000-5000-8000-000000000001");

    public static IReadOnlyList<object> All(Guid id) =>
    [
        An.OrderReceived(id),
        An.CustomerResolved(id),
        An.OrderTracked(id),
        .. Enum.GetValues<CustomerResolutionFailureReason>().Select(reason => An.CustomerResolutionFailed(id, reason)),
        .. Enum.GetValues<OrderTrackingFailureReason>().Select(reason => An.OrderTrackingFailed(id, reason)),
        An.OrderTracked(id, "a-destination-nobody-requires"),
    ];

    internal static void Apply(OrderJourneySaga saga, object message)
    {
        switch (message)
        {
            case OrderReceived received: saga.Learn(received); break;
            case CustomerResolved resolved: saga.Learn(resolved); break;
            case CustomerResolutionFailed failed: saga.Learn(failed); break;
            case OrderTracked tracked: saga.Learn(tracked); break;
            case OrderTrackingFailed failed: saga.Learn(failed); break;
            default: throw new ArgumentException($"No event: {message.GetType().Name}");
        }
    }
}
