using Contracts.OrderJourney;
using MassTransit;
using OrderJourney.ErasingPeople;

namespace OrderJourney.OnPersonErased;

/// <summary>Notes what a party did, and wakes the erasure.</summary>
internal sealed class NoteAnswerConsumer(ErasureTables tables, TimeProvider time) : IConsumer<PersonErased>
{
    public Task Consume(ConsumeContext<PersonErased> context) => tables.Note(context.Message, time.GetUtcNow(), context.CancellationToken);
}
