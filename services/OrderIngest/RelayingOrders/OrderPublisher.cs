using System.Diagnostics;
using System.Text.Json;
using Contracts.OrderIngest;
using MassTransit;
using OrderIngest.JournalingOrders;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.Observing;

namespace OrderIngest.RelayingOrders;

/// <summary>Publishes a batch at once and waits for the broker's confirms, within a bound.</summary>
internal sealed class OrderPublisher(IBus bus, OrderIngestMetrics metrics, TimeProvider time)
{
    // RabbitMQ's client keeps 128 unwritten commands per connection, and stands still with a broken one when they are more (decision 0014).
    private const int Unconfirmed = 100;

    /// <summary>Which orders the broker has, and what went wrong with the others. Throws nothing.</summary>
    public async Task<PublishedBatch> Publish(IReadOnlyList<UnpublishedOrder> orders, TimeSpan within, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var failures = new Exception?[orders.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, orders.Count), new ParallelOptions { MaxDegreeOfParallelism = Unconfirmed },
            async (i, _) => failures[i] = await Publish(orders[i], either.Token));
        var confirmed = new List<Guid>(orders.Count);
        for (var i = 0; i < failures.Length; i++)
        {
            if (failures[i] is null)
                confirmed.Add(orders[i].OrderId);
        }
        var returned = failures.Count(failure => failure is MessageReturnedException);
        metrics.Published(confirmed.Count);
        metrics.Returned(returned);
        var problem = failures.FirstOrDefault(failure => failure is MessageReturnedException) ?? failures.FirstOrDefault(failure => failure is not null);
        return new(confirmed, problem switch
        {
            null => null,
            MessageReturnedException => "the broker sent events back: no queue is bound to their topic",
            OperationCanceledException => "the broker did not confirm in time",
            _ => $"the broker does not take events: {problem.GetBaseException().GetType().Name}",
        });
    }

    private async Task<Exception?> Publish(UnpublishedOrder order, CancellationToken cancellationToken)
    {
        // The journal carried the trace across: what follows belongs to the request that brought the order.
        Activity.Current = null;
        using var activity = Telemetry.Source.StartActivity("relay order", ActivityKind.Internal, order.TraceParent);
        try
        {
            var message = JsonSerializer.Deserialize<OrderReceived>(order.Body, PlainJson.Options)!;
            await bus.Publish(message, publish => (publish.MessageId, publish.CorrelationId) = (order.OrderId, order.OrderId), cancellationToken).WaitAsync(cancellationToken);
            return null;
        }
        catch (Exception exception)
        {
            // Handed to the caller, who says so and tries again.
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            return exception;
        }
    }
}

/// <summary>What became of a batch.</summary>
/// <param name="Confirmed">Orders the broker has.</param>
/// <param name="Problem">What went wrong with the others, in words; null when nothing did.</param>
internal sealed record PublishedBatch(IReadOnlyCollection<Guid> Confirmed, string? Problem);
