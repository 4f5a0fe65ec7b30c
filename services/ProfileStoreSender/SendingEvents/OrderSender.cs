using System.Diagnostics;
using Contracts.CustomerResolution;
using Contracts.ProfileStoreSender;
using Polly;
using Polly.Retry;
using ProfileStoreSender.KeepingTheLedger;
using ProfileStoreSender.ReportingOutcomes;

namespace ProfileStoreSender.SendingEvents;

/// <summary>
/// Claim in the ledger, send, write what came of it, answer. Each attempt is complete in itself, so whatever is interrupted leaves a row that
/// tells the next attempt what it must know.
/// </summary>
internal sealed class OrderSender<TDestination> : IAsyncDisposable
    where TDestination : class, IDestination
{
    private readonly TDestination _destination;
    private readonly Ledger _ledger;
    private readonly SharedRequests _requests;
    private readonly SendingMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<OrderSender<TDestination>> _log;
    private readonly ResiliencePipeline<LedgerEntry> _untilAnswered;

    public OrderSender(TDestination destination, Ledger ledger, SendingMetrics metrics, TimeProvider time, ILogger<OrderSender<TDestination>> log)
    {
        (_destination, _ledger, _metrics, _time, _log) = (destination, ledger, metrics, time, log);
        (_requests, Gate) = (new(destination, ledger, time), new(destination, time, log));
        _untilAnswered = new ResiliencePipelineBuilder<LedgerEntry> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<LedgerEntry>
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            MaxDelay = TimeSpan.FromSeconds(15),
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result is { State: DeliveryState.Unavailable }),
        }).Build();
    }

    /// <summary>Whether anything may be sent at the moment.</summary>
    public DestinationGate Gate { get; }

    private DestinationOptions Options => _destination.Options;

    /// <summary>Sends unless the ledger says otherwise, holds the order while the destination is unavailable, and tells how it ended.</summary>
    /// <exception cref="ClaimedElsewhereException">Another process sends this order right now: ask again later.</exception>
    public async Task<TrackingOutcome> Send(TrackingRequest request, CancellationToken cancellationToken)
    {
        var built = _destination.Build(request);
        var delivery = new Delivery(request, built, cancellationToken);
        if (!Options.Enabled)
            return await WithoutSending(delivery, DeliveryState.Suppressed, $"not sent: {Options.SectionName}:Enabled is false");
        if (built.Body.Length > _destination.Limits.EventBytes)
            return await WithoutSending(delivery, DeliveryState.Refused,
                $"not sent: the event has {built.Body.Length} bytes, the destination takes {_destination.Limits.EventBytes} at most");

        using var hold = new CancellationTokenSource(Options.HoldFor, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(hold.Token, cancellationToken);
        try
        {
            return OutcomeOf(await _untilAnswered.ExecuteAsync(static async (state, waiting) => await state.Sender.Attempt(state.Delivery, waiting), (Sender: this, Delivery: delivery), either.Token));
        }
        catch (OperationCanceledException) when (hold.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return delivery.Last is { } last
                ? OutcomeOf(last)
                : await WithoutSending(delivery, DeliveryState.Unavailable, $"not sent: held for {Options.HoldFor}, {WhyHeld()}");
        }
    }

    public ValueTask DisposeAsync() => _requests.DisposeAsync();

    /// <param name="delivery">What to send.</param>
    /// <param name="waiting">Ends waiting, not sending: a request that has begun is worth its answer.</param>
    private async Task<LedgerEntry> Attempt(Delivery delivery, CancellationToken waiting)
    {
        var (request, stopping) = (delivery.Request, delivery.Stopping);
        var claim = new LedgerClaim(
            request.OrderId, TDestination.Name, delivery.Built.TrackId, request.TryRefusedAgain, delivery.CustomerKey, request.Customer.ConsentSeenAt, request.Customer.StatusSeenAt, request.CardKey);
        var permitNow = Gate.TryEnter();
        if (permitNow is null && await _ledger.Find(request.OrderId, TDestination.Name, stopping) is { } known && known.Settles(claim))
            // What is settled is not made to wait for a destination that is away.
            return Skip(known);
        using var permit = permitNow ?? await Gate.Enter(waiting);
        var (claimed, answer, took) = await _requests.Send(new(claim, delivery.Built, delivery.Alone), stopping);
        var (taken, entry) = claimed;
        if (claimed.Forbidden)
        {
            LogMessages.ConsentForbids(_log, request.OrderId, entry!.SuppressedBecause);
            return Skip(entry);
        }
        if (!taken)
            return entry is not null && entry.Settles(claim) ? Skip(entry) : throw new ClaimedElsewhereException(request.OrderId);
        if (entry!.RepeatsUnknown)
        {
            LogMessages.SentAgainUncertain(_log, request.OrderId, TDestination.Name);
            _metrics.SentAgainUncertain(TDestination.Name);
        }
        permit.Answered(answer!);
        _metrics.Sent(TDestination.Name, answer!, took);
        delivery.Alone |= answer!.Kind == AnswerKind.RefusedTogether;
        return delivery.Last = await Write(delivery, answer);
    }

    private async Task<LedgerEntry> Write(Delivery delivery, DestinationAnswer answer)
    {
        var (request, built) = (delivery.Request, delivery.Built);
        var state = answer.Kind switch
        {
            AnswerKind.Accepted => DeliveryState.Accepted,
            AnswerKind.Refused => DeliveryState.Refused,
            _ => DeliveryState.Unavailable,
        };
        if (state == DeliveryState.Refused)
            LogMessages.Refused(_log, TDestination.Name, request.OrderId, answer.StatusCode);
        return await _ledger.Record(new(request.OrderId, TDestination.Name, built.TrackId, state, delivery.CustomerKey)
        {
            StatusCode = answer.StatusCode,
            Answer = WithoutPerson(answer.Text, request.Customer),
            MayHaveArrived = answer.MayHaveArrived,
        }, delivery.Stopping);
    }

    /// <summary>An answer may quote the event. The ledger outlives the order's purpose, so the person stays out of it.</summary>
    private static string? WithoutPerson(string? answer, Customer customer)
    {
        foreach (var personal in new[] { customer.Email.Trim(), customer.Name })
        {
            if (!string.IsNullOrWhiteSpace(personal))
                answer = answer?.Replace(personal, "***", StringComparison.OrdinalIgnoreCase);
        }
        return answer;
    }

    private async Task<TrackingOutcome> WithoutSending(Delivery delivery, DeliveryState state, string why) => OutcomeOf(await _ledger.Record(
        new(delivery.Request.OrderId, TDestination.Name, delivery.Built.TrackId, state, delivery.CustomerKey)
        {
            Answer = why,
            StatusCode = state == DeliveryState.Unavailable ? Gate.KeyRefused?.Status : null,
            SuppressedBecause = state == DeliveryState.Suppressed ? SuppressionReason.SwitchedOff : null,
        }, delivery.Stopping));

    private string WhyHeld() => Gate.KeyRefused is { } refused ? $"the key is refused with {refused.Status} since {refused.Since:u}"
        : Gate.Failing is { } failing ? $"the destination fails ({failing.Problem}) since {failing.Since:u}" : $"waiting for its turn ({Options.SectionName}:RequestsPerSecond)";

    private LedgerEntry Skip(LedgerEntry entry)
    {
        _metrics.Skipped(TDestination.Name, entry.State);
        return entry;
    }

    private static TrackingOutcome OutcomeOf(LedgerEntry entry) => entry.State switch
    {
        DeliveryState.Accepted => TrackingOutcome.Accepted(entry.OrderId, entry.Destination, entry.TrackId, entry.UpdatedAt, entry.CustomerKey),
        DeliveryState.Refused => Failed(entry, OrderTrackingFailureReason.Refused),
        DeliveryState.Suppressed => Failed(entry, OrderTrackingFailureReason.Suppressed),
        DeliveryState.Unavailable => Failed(entry, OrderTrackingFailureReason.Unavailable),
        DeliveryState.Sending => throw new ClaimedElsewhereException(entry.OrderId),
        _ => throw new UnreachableException($"state {entry.State}"),
    };

    private static TrackingOutcome Failed(LedgerEntry entry, OrderTrackingFailureReason reason) =>
        TrackingOutcome.NotAccepted(entry.OrderId, entry.Destination, reason, entry.StatusCode, entry.UpdatedAt, entry.SuppressedBecause);

    private sealed class Delivery(TrackingRequest request, BuiltEvent built, CancellationToken stopping)
    {
        public TrackingRequest Request { get; } = request;

        public BuiltEvent Built { get; } = built;

        public string CustomerKey { get; } = Contracts.CustomerResolution.CustomerKey.Of(request.Customer.Email);

        public CancellationToken Stopping { get; } = stopping;

        /// <summary>True once it must not share a request.</summary>
        public bool Alone { get; set; }

        /// <summary>What the last attempt left in the ledger; null before the first.</summary>
        public LedgerEntry? Last { get; set; }
    }
}

/// <summary>Another process has claimed the order a moment ago; its answer, or the end of its lease, decides. Trying again later is right.</summary>
internal sealed class ClaimedElsewhereException(Guid orderId) : Exception($"order {orderId:D} is being sent by another process; tried again later");
