using CustomerResolution.CachingAnswers;
using MassTransit;

namespace CustomerResolution.OutdatingAnswers;

/// <summary>Hears, in each instance, that a card was registered, whichever instance took the notice.</summary>
internal sealed class OutdateAnswersConsumer(CustomerDirectories directories) : IConsumer<CardAnswersOutdated>
{
    public Task Consume(ConsumeContext<CardAnswersOutdated> context)
    {
        directories.Outdate(context.Message.CardKey, context.Message.Before);
        return Task.CompletedTask;
    }
}
