using Contracts.CustomerResolution;
using Contracts.ProfileStoreSender;
using MassTransit;
using Microsoft.Extensions.Options;
using OrderJourney.StoringJourneys;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderJourney.Journey;

/// <summary>The verbs used in the flow.</summary>
internal sealed class JourneySteps(
    IOptions<JourneyOptions> options, JourneyStore store, UnansweredRequests unanswered, TimeProvider time, OrderJourneyMetrics metrics, ILogger<JourneySteps> log)
{
    private static readonly Uri CustomerResolution = QueueAddress.Of("customer-resolution");

    /// <summary>After something was learned: answers the state to go to, or null when it stays; sets when to look again.</summary>
    public string? Settle(OrderJourneySaga saga)
    {
        if (saga.News.Count == 0)
            return null;
        var now = time.GetUtcNow();
        if (saga.StartedAt == default)
            saga.StartedAt = now;
        saga.UpdatedAt = now;
        var state = JourneyRules.StateOf(saga, options.Value.RequiredDestinations);
        var stays = state == saga.CurrentState;
        if (!stays)
        {
            (saga.Attempts, saga.StateSince) = (0, now);
            metrics.Entered(state, saga.ReceivedAt is { } received ? now - received : null);
        }
        foreach (var news in saga.News.Where(news => news.What is MoveFacts.CardMoved or MoveFacts.TrackedForAnother))
        {
            if (news.What == MoveFacts.CardMoved)
                LogMessages.CardMoved(log, saga.CorrelationId);
            else
                LogMessages.TrackedForAnother(log, saga.CorrelationId);
            metrics.CardMoved(news.What);
        }
        saga.NextCheckAt = JourneyRules.NextCheck(saga, state, options.Value, now);
        return stays ? null : state;
    }

    /// <summary>CustomerResolution has said something.</summary>
    public void HeardOfCustomer() => unanswered.Heard(MissingStep.Customer);

    /// <summary>Something was said of a destination; that it is unavailable is no usable answer.</summary>
    public void HeardOfTracking(string destination, bool isUsable)
    {
        if (isUsable)
            unanswered.Heard(MissingStep.Tracking, destination);
        else
            unanswered.HeardUnavailable(MissingStep.Tracking, destination);
    }

    /// <summary>An overdue journey asks again for what it lacks, or ends where a person sees it.</summary>
    public async Task AskAgain(BehaviorContext<OrderJourneySaga, JourneyOverdue> context)
    {
        var saga = context.Saga;
        var missing = JourneyRules.Missing(saga);
        if (context.Message.Attempt != saga.Attempts || missing == MissingStep.Nothing)
            return;
        var now = time.GetUtcNow();
        if (JourneyRules.IsOver(saga, options.Value, now))
        {
            saga.DeadlineOver = true;
            saga.Tell(now, "DeadlineOver", saga.CurrentState);
            return;
        }
        List<string> destinations = missing == MissingStep.Tracking
            ? [.. JourneyRules.Missing(saga, options.Value.RequiredDestinations).Where(destination => unanswered.MayAsk(missing, destination))] : [];
        // Left overdue: the sweeper comes back to it after its lease.
        if (missing == MissingStep.Tracking ? destinations.Count == 0 : missing == MissingStep.Customer && !unanswered.MayAsk(missing))
            return;
        saga.Attempts++;
        saga.Tell(now, "AskedAgain", $"{missing}, attempt {saga.Attempts}");
        metrics.AskedAgain(missing);
        await Ask(context, missing, destinations, now, null);
    }

    /// <summary>A person wants another try.</summary>
    public async Task StartOver(BehaviorContext<OrderJourneySaga, JourneyRetryRequested> context)
    {
        var saga = context.Saga;
        if (saga.CurrentState is JourneyState.Tracked || !saga.HasOrder || saga.IsErased())
            return;
        var now = time.GetUtcNow();
        saga.Forget(now);
        await Ask(
            context, saga.KnownCustomer() is null ? MissingStep.Customer : MissingStep.Tracking, [.. JourneyRules.Missing(saga, options.Value.RequiredDestinations)], now, now);
    }

    /// <summary>Somebody said something about the customer: looked up again at once, unless the order is tracked or an answer that may know of it is there.</summary>
    public async Task HearStatement(BehaviorContext<OrderJourneySaga, CustomerStated> context)
    {
        var (saga, message) = (context.Saga, context.Message);
        if (!saga.Learn(message))
            return;
        var now = time.GetUtcNow();
        saga.StateSince = now;
        if (saga.HasOrder && saga.KnownCustomer() is null)
            await Ask(context, MissingStep.Customer, [], now, null);
    }

    /// <param name="context">What is worked on.</param>
    /// <param name="missing">What to ask for.</param>
    /// <param name="destinations">Those to ask, where tracking is missing.</param>
    /// <param name="now">UTC.</param>
    /// <param name="notBefore">Where a person wants another try: only answers from now on count, and what was refused is sent again.</param>
    private async Task Ask<T>(
        BehaviorContext<OrderJourneySaga, T> context, MissingStep missing, IReadOnlyList<string> destinations, DateTimeOffset now, DateTimeOffset? notBefore)
        where T : class
    {
        var saga = context.Saga;
        if (missing is not (MissingStep.Customer or MissingStep.Tracking))
            return;
        var order = await store.ReadOrder(saga.CorrelationId, context.CancellationToken);
        if (missing == MissingStep.Customer)
        {
            var standing = saga.Standing();
            var command = new ResolveCustomer
            {
                OrderId = saga.CorrelationId,
                Order = order,
                RequestedAt = now,
                Hint = standing.Hint,
                HintFrom = standing.From,
                Noticed = standing.Noticed,
                NotBefore = new[] { notBefore, standing.NotBefore }.Max(),
                TryRefusedAgain = notBefore is null ? null : true,
            };
            await context.SendConfirmed(CustomerResolution, command, saga.CorrelationId);
        }
        else
        {
            foreach (var destination in destinations)
            {
                var command = new TrackOrder { OrderId = saga.CorrelationId, Order = order, Customer = saga.KnownCustomer()!, Destination = destination, CardKey = saga.CardKey, RequestedAt = now };
                await context.SendConfirmed(QueueAddress.Of(Destinations.QueueOf(destination)), command, saga.CorrelationId);
            }
        }
    }
}
