using Contracts.CustomerResolution;
using MessageExamples;

namespace CustomerResolution.Tests.OnOrderReceived;

public sealed class When_the_order_names_nobody
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData(" - ", null)]
    [InlineData("..", null)]
    [InlineData(null, "nobody@nowhere")]
    public async Task It_says_so_and_asks_nobody(string? card, string? email)
    {
        await using var service = await RunningService.Start(new() { Provider = new() { KnowEveryCard = true } });
        var order = An.Order(card: card, email: email);

        var outcome = await service.Received(order with { Customer = order.Customer with { Phone = "+4915100000000" } });

        var failed = Assert.IsType<CustomerResolutionFailed>(outcome.Message);
        Assert.Equal(CustomerResolutionFailureReason.NoIdentifier, failed.Reason);
        Assert.Equal(outcome.OrderId, failed.OrderId);
        Assert.Equal(outcome.OrderId, outcome.CorrelationId);
        Assert.Equal(0, (await service.Provider.Requests()).Count);
    }
}
