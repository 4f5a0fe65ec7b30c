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
    private readonly OutcomeRecorder<TDestination> _recorder;
    private readonly TimeProvider _time;
    private readonly ILogger<OrderSender<TDestination>> _log;
    private readonly ResiliencePipeline<Attempted> _untilAnswered;

    public OrderSender(
        TDestination destination, Ledger ledger, SendingMetrics metrics, IOptions<BusOptions> bus, TimeProvider time, ILogger<OrderSender<TDestination>> log)
    {
        (_destination, _ledger, _metrics, _time, _log) = (destination, ledger, metrics, time, log);
        _recorder = new(ledger, metrics, log);
        Gate = new(destination, time, log);
        metrics.Watch(TDestination.Name, Gate);
        // Half of what the queue hands out: fresh orders have the other half, however many are asked for again.
        _requests = new(destination, ledger, Gate, Math.Max(1, bus.Value.Prefetch / 2), time);
        if (Options.WhenUnknown == WhenUnknown.Ask && destination is ICanBeAsked canBeAsked)
            LostReplies = new(canBeAsked, TDestination.Name, Options.Timeout, metrics, time, log);
        _untilAnswered = new ResiliencePipelineBuilder<Attempted> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<Attempted>
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            MaxDelay = TimeSpan.FromSeconds(15),
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result is { TryAgain: true }),
        }).Build();
    }

    /// <summary>Whether and when anything may be sent.</summary>
    public DestinationGate Gate { get; }

    /// <summary>What asks about lost replies; null where they are sent again.</summary>
    public LostReplies? LostReplies { get; }

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
                $"not sent: the event has {built.Body.Length} bytes with one line, the destination takes {_destination.Limits.EventBytes} at most");
        if (built.Trimmed is { } trimmed)
            LogMessages.Trimmed(_log, request.OrderId, TDestination.Name, trimmed);

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
            return TrackingOutcome.Of((await _untilAnswered.ExecuteAsync(static async (state, waiting) => await state.Sender.Attempt(state.Delivery, waiting), (Sender: this, Delivery: delivery), either.Token)).Entry);
        }
        catch (OperationCanceledException) when (hold.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return delivery.Last is { } last
                ? TrackingOutcome.Of(last)
                : TrackingOutcome.Of(await Unsent(delivery, DeliveryState.Unavailable, $"not sent: held for {Options.HoldFor}, {WhyHeld()}"));
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
        var entry = await TrySending(delivery, waiting);
        if (delivery.MustAsk)
            entry = await Ask(delivery, entry, waiting);
        // While the destination is to be asked first, or away for long, nobody has to wait here: the journey asks again.
        var tryAgain = !delivery.IsPostponed && (entry.State == DeliveryState.Unavailable
            || entry.State == DeliveryState.Unknown && (LostReplies is null || delivery.AskedAfterAttempts == entry.Attempts));
        if (tryAgain)
            delivery.BeginPause(Gate);
        return new(entry, tryAgain);
    }

    /// <summary>A row that may have arrived is settled by the destination's own word, or sent again, alone, once that is no.</summary>
    private async Task<LedgerEntry> Ask(Delivery delivery, LedgerEntry entry, CancellationToken waiting)
    {
        switch (await LostReplies!.LookFor(entry, waiting))
        {
            case LostReply.Found:
                LogMessages.FoundByAsking(_log, TDestination.Name, entry.OrderId);
                return await _ledger.Record(new(entry.OrderId, TDestination.Name, entry.TrackId, DeliveryState.Accepted, entry.CustomerKey ?? delivery.CustomerKey)
                {
                    Answer = "the reply was lost; the destination was asked and has the event",
                    MayHaveArrived = false,
                }, delivery.Stopping);
            case LostReply.Missing:
                (delivery.AskedAfterAttempts, delivery.Alone) = (entry.Attempts, true);
                return await TrySending(delivery, waiting);
            default:
                return entry with { State = DeliveryState.Unknown };
        }
    }

    private async Task<LedgerEntry> TrySending(Delivery delivery, CancellationToken waiting)
    {
        delivery.EndPause(Gate);
        var (request, stopping) = (delivery.Request, delivery.Stopping);
        delivery.MustAsk = false;
        var claim = new LedgerClaim(
            request.OrderId, TDestination.Name, delivery.Built.TrackId, request.TryRefusedAgain, delivery.CustomerKey, request.Customer?.ConsentSeenAt, request.Customer?.StatusSeenAt,
            request.ListedCard)
        {
            AskedAfterAttempts = LostReplies is null ? null : delivery.AskedAfterAttempts,
        };
        if (!Gate.Report().IsOpen && await _ledger.Find(request.OrderId, TDestination.Name, stopping) is { } known && known.Settles(claim))
            // What is settled is not made to wait for a destination that is away.
            return _recorder.Skip(known);
        var sent = await _requests.Send(new(claim, delivery.Built, delivery.Alone, request.IsFresh), waiting, stopping);
        delivery.IsPostponed = sent.Claim is null;
        if (sent.Claim is not { } claimed)
            return delivery.Last ?? await Unsent(delivery, DeliveryState.Unavailable, $"not sent: {WhyHeld()}");
        var (answer, took) = (sent.Answer, sent.Took);
        var (taken, entry) = claimed;
        if (claimed.Forbidden)
        {
            LogMessages.ConsentForbids(_log, request.OrderId, entry!.SuppressedBecause);
            return _recorder.Skip(entry);
        }
        if (claimed.MustAsk)
        {
            delivery.MustAsk = true;
            return delivery.Last = entry! with { State = DeliveryState.Unknown };
        }
        if (!taken && entry is { IsOfLaterVersion: true })
        {
            // The journey goes on asking, and an instance of that version knows what to do.
            delivery.IsPostponed = true;
            return delivery.Last = entry;
        }
        if (!taken)
            return entry is not null && entry.Settles(claim) ? _recorder.Skip(entry) : throw new ClaimedElsewhereException(request.OrderId);
        if (entry!.RepeatsUnknown)
        {
            LogMessages.SentAgainUncertain(_log, request.OrderId, TDestination.Name);
            _metrics.SentAgainUncertain(TDestination.Name);
        }
        _metrics.Sent(TDestination.Name, answer!, took);
        delivery.Alone |= answer!.Kind == AnswerKind.RefusedTogether;
        var written = await _recorder.Answered(delivery, answer);
        if (answer.Kind == AnswerKind.RefusedTogether)
            // That reply was not lost: sent alone, the order gets one of its own.
            delivery.AskedAfterAttempts = written.Attempts;
        return delivery.Last = written;
    }

    private async Task<TrackingOutcome> WithoutSending(Delivery delivery, DeliveryState state, string why) => TrackingOutcome.Of(await Unsent(delivery, state, why));

    private Task<LedgerEntry> Unsent(Delivery delivery, DeliveryState state, string why) =>
        _recorder.Unsent(delivery, state, why, state == DeliveryState.Unavailable ? Gate.Report().KeyStatus : null);

    private string WhyHeld() => Gate.Report().Words(_time.GetUtcNow()) ?? $"waiting for its turn ({Options.SectionName}:RequestsPerSecond)";
}
