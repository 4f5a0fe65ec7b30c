using Contracts.OrderJourney;
using EmailMarketing.ErasingPeople;
using MassTransit;
using ServiceDefaults.ConnectingToTheBus;

namespace EmailMarketing.OnPersonErasureRequested;

/// <summary>Deletes the person's contact, and says so.</summary>
internal sealed class EraseContactConsumer(ContactErasure contacts, TimeProvider time) : IConsumer<PersonErasureRequested>
{
    public async Task Consume(ConsumeContext<PersonErasureRequested> context)
    {
        var message = context.Message;
        var answer = new PersonErased
        {
            ErasureId = message.ErasureId,
            Round = message.Round,
            Party = EraseContactConsumerDefinition.Queue,
            State = ErasureState.Done,
            Rows = await contacts.Erase(message.Email, message.OrderIds, message.RequestedAt, context.CancellationToken),
            AnsweredAt = time.GetUtcNow(),
        };
        await context.PublishConfirmed(answer, message.ErasureId);
    }
}
