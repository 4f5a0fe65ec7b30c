using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using MassTransit;
using ServiceDefaults.ConnectingToTheBus;

namespace CustomerResolution.ResolvingCustomers;

/// <summary>How the search for an order's customer ended: with a customer, or with the reason why there is none.</summary>
internal sealed record Resolution
{
    private Resolution() { }

    public Customer? Customer { get; private init; }

    /// <summary>Why there is no customer; <c>Unknown</c> when there is one.</summary>
    public CustomerResolutionFailureReason Reason { get; private init; }

    /// <summary>When the search ended, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    public static Resolution Found(Customer customer, DateTimeOffset at) => new() { Customer = customer, At = at };

    public static Resolution Failed(CustomerResolutionFailureReason reason, DateTimeOffset at) => new() { Reason = reason, At = at };

    /// <summary>Publishes the one event that tells the outcome; both consumers end here, so that neither can publish two or none.</summary>
    public Task PublishFor(Guid orderId, Order order, ConsumeContext context) => Customer is { } customer
        ? context.PublishConfirmed(new CustomerResolved { OrderId = orderId, Order = order, Customer = customer, ResolvedAt = At }, orderId)
        : context.PublishConfirmed(new CustomerResolutionFailed { OrderId = orderId, Reason = Reason, FailedAt = At }, orderId);
}
