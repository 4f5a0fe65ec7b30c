using CustomerResolution.LookingUpCustomers;
using MessageExamples;
using Microsoft.Extensions.Configuration;

namespace CustomerResolution.Tests.LookingUpCustomers;

public sealed class When_a_ready_configuration_is_chosen
{
    [Theory]
    [InlineData("plain")]
    [InlineData("Plain")]
    public async Task It_finds_customers_without_another_setting(string name)
    {
        await using var service = await RunningService.Start(new() { Settings = new() { ["Loyalty:Provider"] = name } });
        await service.Provider.PutMembers(new LoyaltyProviderStandIn.Member { Card = "2900000000017", Email = "pat@shop.example", Name = "Pat" });

        Assert.Equal("Pat", (await service.CustomerOf(An.Order())).Name);
    }

    [Fact]
    public void Each_of_its_keys_can_be_overridden_and_the_others_stay()
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Loyalty:Provider"] = "plain",
            ["Loyalty:Lookups:0:Path"] = "members/{card}",
            ["Loyalty:Lookups:0:StatusPath"] = "",
        });

        ReadyConfiguration.AddTo(configuration);

        var step = configuration.GetSection("Loyalty").Get<LoyaltyOptions>()!.Steps[0];
        Assert.Equal(("members/{card}", "", "$.email"), (step.Path, step.StatusPath, step.EmailPath));
    }

    [Fact]
    public void Nothing_is_added_when_none_is_chosen()
    {
        var configuration = new ConfigurationManager();

        ReadyConfiguration.AddTo(configuration);

        Assert.Empty(configuration.AsEnumerable());
    }

    [Fact]
    public void Every_one_reads_as_a_configuration_of_look_ups()
    {
        Assert.Contains("Plain", ReadyConfiguration.Names);
        Assert.All(ReadyConfiguration.Names, name =>
        {
            var configuration = new ConfigurationManager();
            configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Loyalty:Provider"] = name });
            ReadyConfiguration.AddTo(configuration);
            Assert.NotEmpty(configuration.GetSection("Loyalty").Get<LoyaltyOptions>(binder => binder.ErrorOnUnknownConfiguration = true)!.Lookups!);
        });
    }
}
