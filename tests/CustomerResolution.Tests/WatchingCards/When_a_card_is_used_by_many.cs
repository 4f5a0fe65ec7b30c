using System.Diagnostics.Metrics;
using Contracts.CustomerResolution;
using CustomerResolution.Tests.Observing;
using LoyaltyProviderStandIn;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerResolution.Tests.WatchingCards;

public sealed class When_a_card_is_used_by_many
{
    private static readonly Dictionary<string, string?> Three = new() { ["Loyalty:SharedCardOrdersPerDay"] = "3" };

    [Fact]
    public async Task It_is_flagged_from_the_order_on_that_is_one_too_many_and_warned_of_once()
    {
        using var logs = new CapturedLogs();
        await using var service = await RunningService.Start(new() { Settings = Three, Logs = logs });
        using var measurements = new CapturedMeasurements(service.Services.GetRequiredService<IMeterFactory>());
        await service.Provider.PutMembers(new Member { Card = "2900000000017", Email = "pat@shop.example" });

        var flags = new List<bool?>();
        for (var i = 0; i < 6; i++)
            flags.Add(Assert.IsType<CustomerResolved>((await service.Received(An.Order($"{i}"))).Message).CardLooksShared);
        var unknown = Assert.IsType<CustomerResolutionFailed>((await service.Received(An.Order(card: "5"))).Message);

        Assert.Equal([null, null, null, true, true, true], flags);
        Assert.Null(unknown.CardLooksShared);
        Assert.Single(logs.Lines, line => line.Contains(" 2020 ", StringComparison.Ordinal));
        Assert.Equal(1, measurements.Sums["customer_resolution.card.share[{card}]{}"]);
    }

    [Fact]
    public async Task A_command_tells_of_it_and_is_no_use_of_the_card()
    {
        await using var service = await RunningService.Start(new() { Settings = Three });

        for (var i = 0; i < 6; i++)
            Assert.Null(Assert.IsType<CustomerResolutionFailed>((await service.AskedAgain(An.Order())).Message).CardLooksShared);
        for (var i = 0; i < 4; i++)
            await service.Received(An.Order($"{i}"));

        Assert.True(Assert.IsType<CustomerResolutionFailed>((await service.AskedAgain(An.Order())).Message).CardLooksShared);
    }

    [Fact]
    public async Task It_is_flagged_also_on_orders_that_bring_their_email()
    {
        await using var service = await RunningService.Start(new() { Settings = new() { ["Loyalty:SharedCardOrdersPerDay"] = "1" } });

        await service.Received(An.Order("1", email: "pat@shop.example"));

        Assert.True(Assert.IsType<CustomerResolved>((await service.Received(An.Order("2", email: "sam@shop.example"))).Message).CardLooksShared);
    }
}
