using Contracts.OrderIngest;
using MassTransit;
using MessageExamples;
using RealServers;

namespace ServiceDefaults.Tests.ConnectingToTheBus;

public sealed class When_connections_are_closed_while_a_message_is_worked_on : IAsyncLifetime
{
    private TestBroker _broker = null!;

    public async ValueTask InitializeAsync() => _broker = await TestBroker.Create();

    public async ValueTask DisposeAsync() => await _broker.DisposeAsync();

    [Fact]
    public async Task Others_publish_again_before_it_has_ended()
    {
        await using var running = await (await RunningBus.WithStubbornSubscriber(_broker)).Connected();
        await Publish(running, A.Token);
        try
        {
            await running.Stubborn.Begun.Task.WaitAsync(TimeSpan.FromSeconds(20), A.Token);
            await Eventually.Holds(async () => await _broker.CloseConnections() > 0, what: "A connection that the broker lists");

            // The channel that publishes was opened after the one that consumes, so the client tells it later that its connection is gone.
            // A publish that was under way may never end: each is bounded, as everywhere in the services.
            await Eventually.Holds(() => Published(running), TimeSpan.FromSeconds(30), "A publish that the broker confirms");

            Assert.False(running.Stubborn.MayEnd.Task.IsCompleted);
        }
        finally
        {
            running.Stubborn.MayEnd.SetResult();
        }
    }

    private static Task Publish(RunningBus running, CancellationToken cancellationToken) => running.Bus.Publish(An.OrderReceived(Guid.NewGuid()), cancellationToken);

    private static async Task<bool> Published(RunningBus running)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(A.Token);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            await Publish(running, patience.Token);
            return true;
        }
        catch (Exception exception) when (exception is OperationCanceledException or RabbitMQ.Client.Exceptions.AlreadyClosedException)
        {
            A.Token.ThrowIfCancellationRequested();
            return false;
        }
    }
}

/// <summary>Works on a message until the test says so, whatever happens to its connection.</summary>
public sealed class StubbornConsumer(Stubborn stubborn) : IConsumer<OrderReceived>
{
    public Task Consume(ConsumeContext<OrderReceived> context)
    {
        stubborn.Begun.TrySetResult();
        return stubborn.MayEnd.Task;
    }
}

public sealed class StubbornConsumerDefinition : ConsumerDefinition<StubbornConsumer>
{
    public StubbornConsumerDefinition() => EndpointName = CustomerResolution.Queue;
}

public sealed class Stubborn
{
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource MayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
