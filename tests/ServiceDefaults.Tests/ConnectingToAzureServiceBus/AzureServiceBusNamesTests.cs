using ServiceDefaults.ConnectingToAzureServiceBus;
using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.Tests.ConnectingToAzureServiceBus;

public sealed class AzureServiceBusNamesTests
{
    [Fact]
    public void Problems_of_the_declared_topology_are_none() => Assert.Empty(AzureServiceBusNames.Problems(DeclaredTopology.Current));

    [Fact]
    public void SubscriptionProblems_fifty_characters_are_the_most()
    {
        Assert.Empty(AzureServiceBusNames.SubscriptionProblems(new('a', 50)));
        // MassTransit would cut it and put a hash behind it: another subscription than the declared one.
        Assert.Contains("1 to 50 characters", Assert.Single(AzureServiceBusNames.SubscriptionProblems(new('a', 51))), StringComparison.Ordinal);
    }

    [Fact]
    public void PathProblems_two_hundred_and_sixty_characters_are_the_most()
    {
        Assert.Empty(AzureServiceBusNames.PathProblems("queue", new('a', 260)));
        Assert.Single(AzureServiceBusNames.PathProblems("queue", new('a', 261)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("orders placed")]
    [InlineData("orders:placed")]
    [InlineData("-orders")]
    [InlineData("orders/")]
    [InlineData("bestellungen-für-alle")]
    public void PathProblems_other_letters_are_refused(string name) => Assert.NotEmpty(AzureServiceBusNames.PathProblems("topic", name));

    [Fact]
    public void SubscriptionProblems_a_path_is_no_name() => Assert.Single(AzureServiceBusNames.SubscriptionProblems("team/queue"));
}
