using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using CustomerResolution.Tests.Observing;
using MessageExamples;

namespace CustomerResolution.Tests.OnOrderReceived;

public sealed class When_the_provider_has_other_look_ups
{
    private static readonly CustomerHint Everything = new() { LoyaltyCard = "1", CustomerNumber = " C-2 ", Phone = "(020) 7946 0018", Email = null };

    [Fact]
    public async Task It_asks_by_customer_number_and_by_telephone_number_where_nobody_holds_the_card()
    {
        await using var service = await RunningService.Start(With());

        Assert.Equal(CustomerResolutionFailureReason.NotFound, await service.ReasonFor(An.Order() with { Customer = Everything }));
        Assert.Equal(["1", "C-2", "+442079460018"], (await service.Provider.Requests()).PerCard.Keys.OrderBy(key => key.Length));
        await service.Provider.PutMembers(new() { Card = "+442079460019", Email = "pat@shop.example" }, new() { Card = "C-7", Email = "sam@shop.example" });

        Assert.Equal("pat@shop.example", (await service.CustomerOf(An.Order(card: null) with { Customer = new() { Phone = "0044 20 7946-0019", CustomerNumber = "C-8" } })).Email);
        Assert.Equal("sam@shop.example", (await service.CustomerOf(An.Order() with { Customer = new() { Phone = "+44 20 7946 0019", CustomerNumber = "C-7" } })).Email);
    }

    [Fact]
    public async Task It_goes_on_to_none_of_them_where_the_holder_of_the_card_is_blocked()
    {
        await using var service = await RunningService.Start(With());
        await service.Provider.PutMembers(new() { Card = "1", Status = "blocked" }, new() { Card = "C-2", Email = "sam@shop.example" });

        Assert.Equal(CustomerResolutionFailureReason.Blocked, await service.ReasonFor(An.Order() with { Customer = Everything }));

        Assert.Equal(1, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public async Task It_asks_about_the_address_on_the_order_where_that_comes_first()
    {
        using var logs = new CapturedLogs();
        await using var service = await RunningService.Start(With("Email", "OrderEmail") with { Logs = logs });
        await service.Provider.PutMembers(
            new() { Card = "pat@shop.example", CustomerId = "M-1", Email = "pat@shop.example" }, new() { Card = "sam@shop.example", Email = "sam@shop.example", Status = "blocked" });

        var pat = await service.CustomerOf(An.Order(email: "Pat@shop.example"));
        Assert.Equal(("M-1", CustomerOrigin.LoyaltyProvider), (pat.ExternalId, pat.Origin));
        Assert.Equal(CustomerResolutionFailureReason.Blocked, await service.ReasonFor(An.Order(email: "sam@shop.example")));
        Assert.Equal(CustomerOrigin.Order, (await service.CustomerOf(An.Order(email: "kim@shop.example"))).Origin);
        // Three look-ups are there for nothing, and no step is.
        Assert.Equal(3, logs.Lines.Count(line => line.Contains(" 2021 ", StringComparison.Ordinal)));
        Assert.DoesNotContain(logs.Lines, line => line.Contains(" 2022 ", StringComparison.Ordinal));
    }

    // The stand-in knows its members by card only; here a "card" is whatever is asked by.
    private static RunningService.Setup With(params string[] steps) => new()
    {
        Settings = new(steps.Index().ToDictionary(step => $"Loyalty:IdentifyBy:{step.Index}", step => (string?)step.Item)
            .Concat(new[] { "LoyaltyCard", "CustomerNumber", "Phone", "Email" }.Index().SelectMany(kind => Lookup(kind.Index, kind.Item))))
        {
            ["PhoneNumbers:DefaultCountryCode"] = "44",
        },
    };

    private static IEnumerable<KeyValuePair<string, string?>> Lookup(int index, string by) =>
    [
        new($"Loyalty:Lookups:{index}:By", by),
        new($"Loyalty:Lookups:{index}:Path", $"customers/{{{(by == "LoyaltyCard" ? "card" : char.ToLowerInvariant(by[0]) + by[1..])}}}"),
        new($"Loyalty:Lookups:{index}:EmailPath", "$.email"),
        new($"Loyalty:Lookups:{index}:ExternalIdPath", "$.customerId"),
        new($"Loyalty:Lookups:{index}:StatusPath", "$.status"),
        new($"Loyalty:Lookups:{index}:BlockedStatuses:0", "blocked"),
    ];
}
