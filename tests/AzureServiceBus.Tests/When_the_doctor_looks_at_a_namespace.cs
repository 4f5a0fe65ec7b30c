using Azure;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using AzureServiceBusImitation;
using Microsoft.Extensions.Configuration;
using OrderJourney.ComparingTopology;
using static AzureServiceBus.Tests.NamespaceOfATest;

namespace AzureServiceBus.Tests;

public sealed class When_the_doctor_looks_at_a_namespace
{
    public static TheoryData<Exception, string> Refusals => new()
    {
        { new UnauthorizedAccessException("a key"), "needs the right to manage" },
        { new AuthenticationFailedException("a key"), "has no key, and this process no identity" },
        { new ServiceBusException("a key", ServiceBusFailureReason.ServiceCommunicationProblem), "cannot be asked (ServiceCommunicationProblem)" },
        { new RequestFailedException(0, "a key"), "cannot be asked (RequestFailedException)" },
        { new AggregateException(new HttpRequestException("a key"), new HttpRequestException("a key")), "cannot be asked (" },
        { new TaskCanceledException("a key"), "cannot be asked (TaskCanceledException)" },
    };

    [Fact]
    public async Task A_deployed_one_is_as_declared()
    {
        var there = New();
        await there.Deploy();

        var (exit, output, errors) = await Ask(there);

        Assert.Equal((0, ""), (exit, errors));
        Assert.EndsWith("are as declared", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_differs_is_named()
    {
        var there = New();
        await there.Deploy();
        there.Queues["order-journey"].RequiresSession = true;
        there.Queues["customer-resolution"].MaxDeliveryCount = 10;
        Assert.True(there.Topics.TryRemove("orders-tracked", out _));
        there.Subscriptions[("orders", "order-journey")].ForwardTo = null;

        var (exit, output, _) = await Ask(there);

        Assert.Equal(1, exit);
        Assert.Matches("different +order-journey: requires sessions", output);
        Assert.Matches("different +customer-resolution: puts a message aside after 10 deliveries", output);
        Assert.Matches("missing +orders-tracked", output);
        Assert.Contains("forwards to no queue", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_that_could_not_be_handed_to_their_queue_are_counted()
    {
        var there = New();
        await there.Deploy();
        there.PutAside["orders/order-journey"] = 3;
        there.PutAside["erp-orders"] = 2;

        var (exit, output, _) = await Ask(there);

        Assert.Equal(0, exit);
        Assert.Matches("put aside .*order-journey.* 3 ", output);
        Assert.Matches("put aside .*erp-orders.* 2 ", output);
    }

    [Theory, MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task One_that_cannot_be_looked_at_is_no_difference(Exception refusal, string says)
    {
        var there = New();
        there.Refuses = refusal;

        var (exit, output, errors) = await Ask(there);

        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(says, Assert.Single(errors.TrimEnd().Split(Environment.NewLine)), StringComparison.Ordinal);
        Assert.DoesNotContain("a key\"", errors, StringComparison.Ordinal);
        Assert.StartsWith(there.Host, errors, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Errors)> Ask(ImitatedNamespace there)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exit = await DoctorCommand.Run(["doctor"], new ConfigurationBuilder().AddInMemoryCollection(Settings(there.ConnectionString())).Build(), output, errors);
        return (exit, output.ToString(), errors.ToString());
    }
}
