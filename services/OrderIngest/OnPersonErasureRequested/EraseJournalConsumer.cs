using Contracts.OrderJourney;
using MassTransit;
using OrderIngest.ErasingPeople;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderIngest.OnPersonErasureRequested;

/// <summary>Overwrites the person in the journal and in rejected input, and says so.</summary>
internal sealed class EraseJournalConsumer(JournalErasure journal, RejectedErasure rejected, TimeProvider time) : IConsumer<PersonErasureRequested>
{
    public async Task Consume(ConsumeContext<PersonErasureRequested> context)
    {
        var message = context.Message;
        var orders = await journal.Erase(message.OrderIds, context.CancellationToken);
        var inputs = await rejected.Erase(new(message.Cards.Append(message.Email ?? "")), message.OrderIds, context.CancellationToken);
        var answer = new PersonErased
        {
            ErasureId = message.ErasureId,
            Round = message.Round,
            Party = Subscriptions.Queue,
            State = ErasureState.Done,
            Rows = orders + inputs,
            AnsweredAt = time.GetUtcNow(),
        };
        await context.PublishConfirmed(answer, message.ErasureId);
    }
}
