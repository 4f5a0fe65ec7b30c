using Contracts.CustomerResolution;
using Contracts.OrderJourney;
using CustomerResolution.NormalisingIdentifiers;
using CustomerResolution.OutdatingAnswers;
using MassTransit;
using ServiceDefaults.ConnectingToTheBus;

namespace CustomerResolution.OnPersonErasureRequested;

/// <summary>Has every instance forget what it remembers of the person, and tells the keys of the cards: what a card number looks like is known here alone.</summary>
internal sealed class ForgetPersonConsumer(CardNumbers cards, TimeProvider time) : IConsumer<PersonErasureRequested>
{
    public async Task Consume(ConsumeContext<PersonErasureRequested> context)
    {
        var message = context.Message;
        var keys = message.Cards.Select(cards.Normalise).OfType<string>().Select(CardNumbers.KeyOf).Union(message.CardKeys).ToList();
        var forget = new PersonForgotten { CustomerKey = message.Email is { } email ? CustomerKey.Of(email) : null, CardKeys = keys };
        await context.PublishConfirmed(forget, message.ErasureId);
        var answer = new PersonErased
        {
            ErasureId = message.ErasureId,
            Round = message.Round,
            Party = Subscriptions.Queue,
            State = ErasureState.Done,
            Rows = 0,
            AnsweredAt = time.GetUtcNow(),
            CardKeys = keys,
        };
        await context.PublishConfirmed(answer, message.ErasureId);
    }
}
