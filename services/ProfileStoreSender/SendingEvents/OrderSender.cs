using System.Diagnostics;
using Contracts.CustomerResolution;
using Contracts.ProfileStoreSender;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using ProfileStoreSender.KeepingTheLedger;
using ProfileStoreSender.ReportingOutcomes;
using ServiceDefaults.ConnectingToTheBus;

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
    private readonly ResiliencePipeline<Attempted> _untilAnswered;

    public OrderSender(
        TDestination destination, Ledger ledger, SendingMetrics metrics, IOptions<BusOptions> bus, TimeProvider time, ILogger<OrderSender<TDestination>> log)
    {
        (_destination, _ledger, _metrics, _time, _log) = (destination, ledger, metrics, time, log);
        Gate = new(destination, time, log);
        metrics.Watch(TDestination.Name, Gate);
        // Half of what the queue hands out: fresh orders have the other half, however many are asked for again.
        _requests = new(destination, ledger, Gate, Math.Max(1, bus.Value.Prefetch / 2), time);
        _untilAnswered = new ResiliencePipelineBuilder<Attempted> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<Attempted>
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            MaxDelay = TimeSpan.FromSeconds(15),
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result is { Entry.State: DeliveryState.Unavailable, IsPostponed: false }),
        }).Build();
    }

    /// <summary>Whether and when anything may be sent.</summary>
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

        var outcome = await SendOrHold(delivery, cancellationToken);
        if (request.IsFresh && outcome.Failed?.Reason == OrderTrackingFailureReason.Unavailable)
            Gate.Postponed();
        return outcome;
    }

    public ValueTask DisposeAsync() => _requests.DisposeAsync();

    private async Task<TrackingOutcome> SendOrHold(Delivery delivery, CancellationToken cancellationToken)
    {
        using var hold = new CancellationTokenSource(Options.HoldFor, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(hold.Token, cancellationToken);
        try
        {
            return OutcomeOf((await _untilAnswered.ExecuteAsync(static async (state, waiting) => await state.Sender.Attempt(state.Delivery, waiting), (Sender: this, Delivery: delivery), either.Token)).Entry);
        }
        catch (OperationCanceledException) when (hold.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return delivery.Last is { } last
                ? OutcomeOf(last)
                : OutcomeOf(await Unsent(delivery, DeliveryState.Unavailable, $"not sent: held for {Options.HoldFor}, {WhyHeld()}"));
        }
        finally
        {
            delivery.EndPause(Gate);
        }
    }

    /// <param name="delivery">What to send.</param>
    /// <param name="waiting">Ends waiting, not sending: a request that has begun is worth its answer.</param>
    private async Task<Attempted> Attempt(Delivery delivery, CancellationToken waiting)
    {
        delivery.EndPause(Gate);
        var (request, stopping) = (delivery.Request, delivery.Stopping);
        var claim = new LedgerClaim(
            request.OrderId, TDestination.Name, delivery.Built.TrackId, request.TryRefusedAgain, delivery.CustomerKey, request.Customer?.ConsentSeenAt, request.Customer?.StatusSeenAt);
        if (!Gate.Report().IsOpen && await _ledger.Find(request.OrderId, TDestination.Name, stopping) is { } known && known.Settles(claim))
            // What is settled is not made to wait for a destination that is away.
            return new(Skip(known));
        var sent = await _requests.Send(new(claim, delivery.Built, delivery.Alone, request.IsFresh), waiting, stopping);
        if (sent.Claim is not { } claimed)
            return new(delivery.Last ?? await Unsent(delivery, DeliveryState.Unavailable, $"not sent: {WhyHeld()}"), IsPostponed: true);
        var (answer, took) = (sent.Answer, sent.Took);
        var (taken, entry) = claimed;
        if (claimed.Forbidden)
        {
            LogMessages.ConsentForbids(_log, request.OrderId, entry!.SuppressedBecause);
            return new(Skip(entry));
        }
        if (!taken)
            return entry is not null && entry.Settles(claim) ? new(Skip(entry)) : throw new ClaimedElsewhereException(request.OrderId);
        if (entry!.RepeatsUnknown)
        {
            LogMessages.SentAgainUncertain(_log, request.OrderId, TDestination.Name);
            _metrics.SentAgainUncertain(TDestination.Name);
        }
        _metrics.Sent(TDestination.Name, answer!, took);
        delivery.Alone |= answer!.Kind == AnswerKind.RefusedTogether;
        delivery.Last = await Write(delivery, answer);
        if (delivery.Last.State == DeliveryState.Unavailable)
            delivery.BeginPause(Gate);
        return new(delivery.Last);
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
            Answer = WithoutPerson(answer.Text, request),
            MayHaveArrived = answer.MayHaveArrived,
        }, delivery.Stopping);
    }

    /// <summary>An answer may quote the event. The ledger outlives the order's purpose, so the person stays out of it.</summary>
    private static string? WithoutPerson(string? answer, TrackingRequest request)
    {
        foreach (var personal in request.Personal)
        {
            if (!string.IsNullOrWhiteSpace(personal))
                answer = answer?.Replace(personal, "***", StringComparison.OrdinalIgnoreCase);
        }
        return answer;
    }

    private async Task<TrackingOutcome> WithoutSending(Delivery delivery, DeliveryState state, string why) => OutcomeOf(await Unsent(delivery, state, why));

    private Task<LedgerEntry> Unsent(Delivery delivery, DeliveryState state, string why) => _ledger.Record(
        new(delivery.Request.OrderId, TDestination.Name, delivery.Built.TrackId, state, delivery.CustomerKey)
        {
            Answer = why,
            StatusCode = state == DeliveryState.Unavailable ? Gate.Report().KeyStatus : null,
            SuppressedBecause = state == DeliveryState.Suppressed ? SuppressionReason.SwitchedOff : null,
        }, delivery.Stopping);

    private string WhyHeld() => Gate.Report().Words(_time.GetUtcNow()) ?? $"waiting for its turn ({Options.SectionName}:RequestsPerSecond)";

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

    /// <param name="Entry">What the ledger says after it.</param>
    /// <param name="IsPostponed">True when nothing can be sent in time, so that trying again here is no use.</param>
    private readonly record struct Attempted(LedgerEntry Entry, bool IsPostponed = false);
}
