using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using MassTransit;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.Observing;

namespace OrderIngest.ReplayingOrders;

/// <summary>Sends the journal's events to one queue, or has CustomerResolution send there whose orders they are.</summary>
internal sealed class ReplaySender(IBus bus, IQueueFinder queues, TimeProvider time) : IReplaySender
{
    // With the relay's 100, fewer than the 128 unwritten commands that RabbitMQ's client keeps (decision 0014): live orders always find room.
    private const int Unconfirmed = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), SeenFor = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new();

    public async Task<ReplayProblem?> Look(string queue, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_seen.TryGetValue(queue, out var seen) && now - seen < SeenFor)
            return null;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            if (!await queues.Find(queue, either.Token))
                return Missing(queue);
            _seen[queue] = now;
            return null;
        }
        catch (TopologyRefusedException refused)
        {
            return new($"the broker refuses the queue {queue}: {refused.Message}", NeedsSomebody: true);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new($"the broker cannot be asked for the queue: {exception.GetBaseException().GetType().Name}", NeedsSomebody: false);
        }
    }

    public async Task<ReplayProblem?> Send(Replay replay, IReadOnlyList<string> bodies, CancellationToken cancellationToken)
    {
        // Its own trace: what follows belongs to the replay, not to the request that once brought the order.
        Activity.Current = null;
        using var activity = Telemetry.Source.StartActivity("replay orders");
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var endpoint = await bus.GetSendEndpoint(QueueAddress.Of(replay.Target.Message == ReplayMessage.OrderReceived ? replay.Target.Queue : ResolutionQueue)).WaitAsync(either.Token);
            await Parallel.ForEachAsync(
                bodies, new ParallelOptions { MaxDegreeOfParallelism = Unconfirmed, CancellationToken = either.Token }, async (body, token) => await Send(endpoint, replay, body, token));
            return null;
        }
        catch (MessageReturnedException)
        {
            _seen.TryRemove(replay.Target.Queue, out _);
            return Missing(replay.Target.Queue);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new("the broker did not confirm in time", NeedsSomebody: false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            return new($"the broker does not take messages: {exception.GetBaseException().GetType().Name}", NeedsSomebody: false);
        }
    }

    private static string ResolutionQueue { get; } = DeclaredTopology.Current.Commands.Single(command => command.Message == typeof(ResolveCustomerForReplay).FullName).Queue;

    private Task Send(ISendEndpoint endpoint, Replay replay, string body, CancellationToken cancellationToken)
    {
        var received = JsonSerializer.Deserialize<OrderReceived>(body, PlainJson.Options)!;
        var message = replay.Target.Message == ReplayMessage.OrderReceived
            ? received with { ReplayId = replay.Id }
            : (object)new ResolveCustomerForReplay { OrderId = received.OrderId, Order = received.Order, ReplayId = replay.Id, Queue = replay.Target.Queue, RequestedAt = time.GetUtcNow() };
        return endpoint.Send(message, message.GetType(), Pipe.Execute<SendContext>(send => send.MarkReplayed(replay.Id, received.OrderId)), cancellationToken).WaitAsync(cancellationToken);
    }

    private static ReplayProblem Missing(string queue) => new($"there is no queue {queue}: have the subscriber make it, then resume", NeedsSomebody: true);
}
