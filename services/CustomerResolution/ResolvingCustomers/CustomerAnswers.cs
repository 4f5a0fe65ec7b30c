using CustomerResolution.AnnouncingConsent;
using MassTransit;

namespace CustomerResolution.ResolvingCustomers;

/// <summary>What both consumers do with a question: resolve it, tell of a withdrawal that came to light, publish the one outcome.</summary>
internal sealed class CustomerAnswers(CustomerResolver resolver, WithdrawalAnnouncer withdrawals)
{
    public async Task Answer(Question question, ConsumeContext context)
    {
        var resolution = await resolver.Resolve(question, context.CancellationToken);
        // First: whoever sees the order suppressed can rely on the customer being known as forbidden.
        if (resolution.Forbidding is { } answer)
            await withdrawals.Announce(answer, resolution.ForbiddenCardKey, question.OrderId, context);
        await resolution.PublishFor(question.OrderId, question.Order, context);
    }
}
