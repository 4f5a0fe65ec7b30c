using Contracts.CustomerResolution;
using CustomerResolution.ResolvingCustomers;
using MassTransit;

namespace CustomerResolution.OnResolveCustomerForReplay;

/// <summary>Finds the customer of an order that is replayed, for one queue alone.</summary>
internal sealed class ResolveForReplayConsumer(ReplayAnswers answers) : IConsumer<ResolveCustomerForReplay>
{
    public Task Consume(ConsumeContext<ResolveCustomerForReplay> context) => answers.Answer(context.Message, context);
}
