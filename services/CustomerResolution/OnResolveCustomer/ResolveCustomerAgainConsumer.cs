using Contracts.CustomerResolution;
using CustomerResolution.ResolvingCustomers;
using MassTransit;

namespace CustomerResolution.OnResolveCustomer;

/// <summary>Looks for a customer again, with what was said since. What is remembered counts, unless it is older than the command allows.</summary>
internal sealed class ResolveCustomerAgainConsumer(CustomerAnswers answers) : IConsumer<ResolveCustomer>
{
    public Task Consume(ConsumeContext<ResolveCustomer> context)
    {
        var command = context.Message;
        Question question = new(command.OrderId, command.Order)
        {
            Hint = command.Hint,
            HintFrom = command.HintFrom,
            Noticed = command.Noticed,
            NotBefore = command.NotBefore,
            TryRefusedAgain = command.TryRefusedAgain == true,
        };
        return answers.Answer(question, context);
    }
}
