using CustomerResolution.AnnouncingConsent;
using CustomerResolution.CachingAnswers;
using MassTransit;

namespace CustomerResolution.OutdatingAnswers;

/// <summary>Forgets, in each instance, what is remembered of a person who is erased.</summary>
internal sealed class ForgetAnswersConsumer(CustomerDirectories directories, Permissions permissions) : IConsumer<PersonForgotten>
{
    public Task Consume(ConsumeContext<PersonForgotten> context)
    {
        directories.Forget(context.Message.CustomerKey, context.Message.CardKeys.ToHashSet());
        if (context.Message.CustomerKey is { } key)
            permissions.Forget(key);
        return Task.CompletedTask;
    }
}
