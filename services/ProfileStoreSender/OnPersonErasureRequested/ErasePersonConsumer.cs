using Contracts.CustomerResolution;
using Contracts.OrderJourney;
using MassTransit;
using ProfileStoreSender.ErasingPeople;
using ProfileStoreSender.KeepingConsents;
using ServiceDefaults.ConnectingToTheBus;

namespace ProfileStoreSender.OnPersonErasureRequested;

/// <summary>First nothing is sent for the person any more, then the ledger is overwritten, then the destinations are asked, which answer for themselves.</summary>
internal sealed class ErasePersonConsumer(
    Consents consents, LedgerErasure ledger, DestinationErasureTable table, IEnumerable<ServedDestination> served, TimeProvider time) : IConsumer<PersonErasureRequested>
{
    /// <summary>This service among the parties.</summary>
    internal const string Party = "profile-store-sender";

    public async Task Consume(ConsumeContext<PersonErasureRequested> context)
    {
        var message = context.Message;
        var keys = message.CardKeys.Select(CustomerKey.OfCard).Concat(message.Email is { } email ? [CustomerKey.Of(email)] : Array.Empty<string>());
        await Task.WhenAll(keys.Select(key => consents.Remember(new(key, SuppressionReason.Erased, false, message.RequestedAt), context.CancellationToken)));
        var (rows, busy, destinations) = await ledger.Erase(message.OrderIds, context.CancellationToken);
        // Those that are served, those that have had orders of the person, and those that were asked in an earlier round: each answers each round.
        var before = await table.Asked(message.ErasureId, context.CancellationToken);
        var asked = served.Where(destination => destination.Enabled).Select(destination => destination.Name).Union(destinations).Union(before).Order(StringComparer.Ordinal).ToList();
        await table.Want(message, asked, time.GetUtcNow(), context.CancellationToken);
        var answer = new PersonErased
        {
            ErasureId = message.ErasureId,
            Round = message.Round,
            Party = Party,
            State = busy == 0 ? ErasureState.Done : ErasureState.Waiting,
            Rows = rows,
            AnsweredAt = time.GetUtcNow(),
            Detail = busy == 0 ? null : "an order is being sent right now",
            Awaits = asked,
        };
        await context.PublishConfirmed(answer, message.ErasureId);
    }
}
