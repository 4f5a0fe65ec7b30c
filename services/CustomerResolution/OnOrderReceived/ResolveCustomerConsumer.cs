using Contracts.OrderIngest;
using CustomerResolution.ResolvingCustomers;
using MassTransit;

namespace CustomerResolution.OnOrderReceived;

/// <summary>Finds the customer of a new order.</summary>
internal sealed class ResolveCustomerConsumer(CustomerAnswers answers) : IConsumer<OrderReceived>
{
    public Task Consume(ConsumeContext<OrderReceived> context)
    {
        var isNew = !context.ReceiveContext.Redelivered && context.GetRetryAttempt() == 0;
        return answers.Answer(new(context.Message.OrderId, context.Message.Order) { IsNewOrder = isNew }, context);
    }
}
