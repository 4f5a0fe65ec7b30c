using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using Contracts.ProfileStoreSender;
using MassTransit;

namespace OrderJourney.Journey;

/// <summary>
/// The journey of an order. Every event is accepted in every state, once or often, early or late: an event adds facts, and the facts decide
/// the state (<see cref="JourneyRules.StateOf"/>):
/// <code>
/// the order alone                            Received          nobody answers: ResolveCustomer is sent again
/// no customer: card unknown, provider away   AwaitingCustomer  looked up again, with growing pauses
/// no customer: no identifier, several        Unidentified      until somebody acts
/// no customer: blocked, consent withdrawn    Suppressed
/// the customer                               Resolved          nobody answers: TrackOrder is sent again
/// every destination accepted                 Tracked
/// a destination refused                      NeedsAttention    until somebody acts
/// sending switched off                       Suppressed
/// a deadline over                            Unidentified (no customer) or NeedsAttention (no answer)
/// </code>
/// What somebody states about the customer (<see cref="CustomerStated"/>) makes every answer void that was asked for before it, until the order is tracked.
/// </summary>
internal sealed class OrderJourneyStateMachine : MassTransitStateMachine<OrderJourneySaga>
{
    private readonly JourneySteps _steps;

    /// <summary>Made by the container.</summary>
    public OrderJourneyStateMachine(JourneySteps steps)
    {
        _steps = steps;
        InstanceState(saga => saga.CurrentState);

        Event(() => OrderReceived, e => e.CorrelateById(context => context.Message.OrderId));
        Event(() => CustomerResolved, e => e.CorrelateById(context => context.Message.OrderId));
        Event(() => CustomerResolutionFailed, e => e.CorrelateById(context => context.Message.OrderId));
        Event(() => OrderTracked, e => e.CorrelateById(context => context.Message.OrderId));
        Event(() => OrderTrackingFailed, e => e.CorrelateById(context => context.Message.OrderId));
        Event(() => JourneyOverdue, e => e.CorrelateById(context => context.Message.OrderId).OnMissingInstance(m => m.Discard()));
        Event(() => JourneyRetryRequested, e => e.CorrelateById(context => context.Message.OrderId).OnMissingInstance(m => m.Discard()));
        Event(() => CustomerStated, e => e.CorrelateById(context => context.Message.OrderId).OnMissingInstance(m => m.Discard()));

        Always(OrderReceived, saga => saga.Then(context => context.Saga.Learn(context.Message)));
        Always(CustomerResolved, saga => saga.Then(context => context.Saga.Learn(context.Message)).Then(_ => _steps.HeardOfCustomer()));
        Always(CustomerResolutionFailed, saga => saga.Then(context => context.Saga.Learn(context.Message)).Then(_ => _steps.HeardOfCustomer()));
        Always(OrderTracked, saga => saga.Then(context => context.Saga.Learn(context.Message)).Then(context => _steps.HeardOfTracking(context.Message.Destination, isUsable: true)));
        Always(OrderTrackingFailed, saga => saga.Then(context => context.Saga.Learn(context.Message))
            .Then(context => _steps.HeardOfTracking(context.Message.Destination, isUsable: context.Message.Reason != OrderTrackingFailureReason.Unavailable)));
        DuringAny(
            When(JourneyOverdue).ThenAsync(_steps.AskAgain).ThenAsync(Settle),
            When(JourneyRetryRequested).ThenAsync(_steps.StartOver).ThenAsync(Settle),
            When(CustomerStated).ThenAsync(_steps.HearStatement).ThenAsync(Settle));
    }

    /// <summary>Accepted, nobody has answered yet.</summary>
    public State Received { get; private set; } = null!;

    /// <summary>The customer may still become known.</summary>
    public State AwaitingCustomer { get; private set; } = null!;

    /// <summary>The customer is known.</summary>
    public State Resolved { get; private set; } = null!;

    /// <summary>Every destination accepted.</summary>
    public State Tracked { get; private set; } = null!;

    /// <summary>Must not or shall not be sent.</summary>
    public State Suppressed { get; private set; } = null!;

    /// <summary>No customer, until somebody acts.</summary>
    public State Unidentified { get; private set; } = null!;

    /// <summary>Somebody must look.</summary>
    public State NeedsAttention { get; private set; } = null!;

    /// <summary>From topic orders.</summary>
    public Event<OrderReceived> OrderReceived { get; private set; } = null!;

    /// <summary>From topic customers-resolved.</summary>
    public Event<CustomerResolved> CustomerResolved { get; private set; } = null!;

    /// <summary>From topic customer-resolutions-failed.</summary>
    public Event<CustomerResolutionFailed> CustomerResolutionFailed { get; private set; } = null!;

    /// <summary>From topic orders-tracked.</summary>
    public Event<OrderTracked> OrderTracked { get; private set; } = null!;

    /// <summary>From topic order-trackings-failed.</summary>
    public Event<OrderTrackingFailed> OrderTrackingFailed { get; private set; } = null!;

    /// <summary>From the sweeper.</summary>
    public Event<JourneyOverdue> JourneyOverdue { get; private set; } = null!;

    /// <summary>From a person.</summary>
    public Event<JourneyRetryRequested> JourneyRetryRequested { get; private set; } = null!;

    /// <summary>From a notice about the order's card, or from a person.</summary>
    public Event<CustomerStated> CustomerStated { get; private set; } = null!;

    private void Always<T>(Event<T> @event, Func<EventActivityBinder<OrderJourneySaga, T>, EventActivityBinder<OrderJourneySaga, T>> learn)
        where T : class
    {
        Initially(learn(When(@event)).ThenAsync(Settle));
        DuringAny(learn(When(@event)).ThenAsync(Settle));
    }

    private async Task Settle<T>(BehaviorContext<OrderJourneySaga, T> context)
        where T : class
    {
        if (_steps.Settle(context.Saga) is { } state)
            await context.TransitionToState(GetState(state));
    }
}
