using Contracts.OrderIngest;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.Context;
using MassTransit.Middleware;
using MassTransit.Saga;
using OrderJourney.Journey;

namespace OrderJourney.StoringJourneys;

/// <summary>MassTransit's saga repository on <see cref="JourneyStore"/>, through its public extension points (docs/decisions/0004).</summary>
internal sealed class JourneyRepository(JourneyStore store, ISagaConsumeContextFactory<JourneyStore, OrderJourneySaga> contexts)
    : ISagaRepositoryContextFactory<OrderJourneySaga>, ILoadSagaRepositoryContextFactory<OrderJourneySaga>
{
    public static void Register(ISagaRepositoryRegistrationConfigurator<OrderJourneySaga> repository)
    {
        repository.RegisterLoadSagaRepository<OrderJourneySaga, JourneyRepository>();
        repository.RegisterSagaRepository<OrderJourneySaga, JourneyStore, SagaConsumeContextFactory<JourneyStore, OrderJourneySaga>, JourneyRepository>();
    }

    public void Probe(ProbeContext context) => context.Add("persistence", "journey store, group commit");

    public Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<OrderJourneySaga, T>> next)
        where T : class => next.Send(new JourneyRepositoryContext<T>(store, context, contexts));

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<OrderJourneySaga> query, IPipe<SagaRepositoryQueryContext<OrderJourneySaga, T>> next)
        where T : class => throw new NotSupportedException("Journeys are correlated by order id only");

    public Task<T> Execute<T>(Func<LoadSagaRepositoryContext<OrderJourneySaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class => asyncMethod(new Loading(store, cancellationToken));

    private sealed class Loading(JourneyStore store, CancellationToken cancellationToken) : BasePipeContext(cancellationToken), LoadSagaRepositoryContext<OrderJourneySaga>
    {
        public Task<OrderJourneySaga> Load(Guid correlationId) => store.Load(correlationId, CancellationToken)!;
    }
}

/// <summary>One message's way through the repository: Load, or Add and Save; a message is acknowledged only after its batch was committed.</summary>
internal sealed class JourneyRepositoryContext<T>(
    JourneyStore store, ConsumeContext<T> consume, ISagaConsumeContextFactory<JourneyStore, OrderJourneySaga> contexts)
    : ConsumeContextScope<T>(consume), SagaRepositoryContext<OrderJourneySaga, T>
    where T : class
{
    private readonly ConsumeContext<T> _consume = consume;

    public Task<SagaConsumeContext<OrderJourneySaga, TMessage>> CreateSagaConsumeContext<TMessage>(
        ConsumeContext<TMessage> consumeContext, OrderJourneySaga instance, SagaConsumeContextMode mode)
        where TMessage : class => contexts.CreateSagaConsumeContext(store, consumeContext, instance, mode);

    public Task<SagaConsumeContext<OrderJourneySaga, T>> Add(OrderJourneySaga instance) =>
        contexts.CreateSagaConsumeContext(store, _consume, instance, SagaConsumeContextMode.Add);

    // Never used: no event of the machine asks for InsertOnInitial. Null means "the row is there, load it".
    public Task<SagaConsumeContext<OrderJourneySaga, T>> Insert(OrderJourneySaga instance) => Task.FromResult<SagaConsumeContext<OrderJourneySaga, T>>(null!);

    // The first attempt trusts what is remembered, and that an order nobody remembers is new when it says so itself. If that was wrong, saving
    // fails on the version and the next attempt asks the database.
    public async Task<SagaConsumeContext<OrderJourneySaga, T>> Load(Guid correlationId)
    {
        var trusting = _consume.GetRetryAttempt() == 0 && !_consume.ReceiveContext.Redelivered;
        var journey = (trusting ? store.TakeRecent(correlationId) : null)
            ?? (trusting && _consume is ConsumeContext<OrderReceived> ? null : await store.Load(correlationId, CancellationToken));
        return journey is null ? null! : await contexts.CreateSagaConsumeContext(store, _consume, journey, SagaConsumeContextMode.Load);
    }

    public Task Save(SagaConsumeContext<OrderJourneySaga> context) => store.Save(context.Saga, CancellationToken);

    public Task Update(SagaConsumeContext<OrderJourneySaga> context) => store.Save(context.Saga, CancellationToken);

    // Journeys are kept: nothing in the machine completes them.
    public Task Delete(SagaConsumeContext<OrderJourneySaga> context) => Task.CompletedTask;

    public Task Discard(SagaConsumeContext<OrderJourneySaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<OrderJourneySaga> context) => Task.CompletedTask;
}
