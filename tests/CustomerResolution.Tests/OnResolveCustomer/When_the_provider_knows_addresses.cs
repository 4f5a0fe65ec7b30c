using Contracts.CustomerResolution;
using LoyaltyProviderStandIn;
using MessageExamples;

namespace CustomerResolution.Tests.OnResolveCustomer;

/// <summary>An address that somebody stated is looked up where the provider can be asked by addresses: its owner may be blocked there.</summary>
public sealed class When_the_provider_knows_addresses
{
    private const string Address = "pat@shop.example";

    [Theory]
    [InlineData(CustomerOrigin.Claim)]
    [InlineData(CustomerOrigin.CardRegistration)]
    public async Task Somebody_who_is_blocked_there_stays_blocked(CustomerOrigin from)
    {
        await using var service = await Start();
        await service.Provider.PutMembers(new Member { Card = Address, Email = Address, Status = "blocked" });

        Assert.Equal(CustomerResolutionFailureReason.Blocked, Assert.IsType<CustomerResolutionFailed>(await Said(service, from)).Reason);

        Assert.Equal((Address, false), (service.Published.OfType<CustomerConsentChanged>().Single().Email, service.Published.OfType<CustomerConsentChanged>().Single().MayBeTracked));
    }

    [Theory]
    [InlineData(CustomerOrigin.Claim)]
    [InlineData(CustomerOrigin.CardRegistration)]
    public async Task The_word_is_taken_where_nobody_is_known_there(CustomerOrigin from)
    {
        await using var service = await Start();

        Assert.Equal(new() { Email = Address, Origin = from }, Assert.IsType<CustomerResolved>(await Said(service, from)).Customer with { Card = null });

        Assert.Contains(Address, (await service.Provider.Requests()).PerCard.Keys);
    }

    [Theory]
    [InlineData(CustomerOrigin.Claim)]
    [InlineData(CustomerOrigin.CardRegistration)]
    public async Task What_the_provider_says_beside_it_is_passed_on(CustomerOrigin from)
    {
        await using var service = await Start();
        await service.Provider.PutMembers(new Member { Card = Address, Email = Address, CustomerId = "M-1" });

        var resolved = Assert.IsType<CustomerResolved>(await Said(service, from));

        Assert.Equal((Address, "M-1", from), (resolved.Customer.Email, resolved.Customer.ExternalId, resolved.Customer.Origin));
        Assert.Null(resolved.Customer.ConsentSeenAt);
        Assert.True(resolved.Customer.StatusSeenAt >= resolved.AskedAt);
    }

    [Theory]
    [InlineData(CustomerOrigin.Claim)]
    [InlineData(CustomerOrigin.CardRegistration)]
    public async Task Nobody_is_taken_while_the_provider_cannot_tell(CustomerOrigin from)
    {
        await using var service = await Start();
        await service.Provider.PutFault(new() { Status = 400 });

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, Assert.IsType<CustomerResolutionFailed>(await Said(service, from)).Reason);
    }

    [Fact]
    public async Task The_word_is_taken_where_several_are_known_by_the_address()
    {
        await using var service = await RunningService.Start(new()
        {
            Settings = new()
            {
                ["Loyalty:Lookups:0:By"] = "Email",
                ["Loyalty:Lookups:0:Path"] = "customers?card={email}",
                ["Loyalty:Lookups:0:HoldersPath"] = "$.items",
                ["Loyalty:Lookups:0:EmailPath"] = "$.email",
            },
        });
        await service.Provider.PutMembers(new Member { Card = Address, Email = Address }, new() { Card = Address, Email = "sam@shop.example" });

        Assert.Equal(new() { Email = Address, Origin = CustomerOrigin.Claim }, Assert.IsType<CustomerResolved>(await Said(service, CustomerOrigin.Claim)).Customer);

        Assert.Equal(1, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public async Task The_address_on_an_order_is_not_asked_about_without_a_step_for_it()
    {
        await using var service = await Start();
        await service.Provider.PutMembers(new Member { Card = Address, Email = Address, Status = "blocked" });

        Assert.Equal(CustomerOrigin.Order, (await service.CustomerOf(An.Order(email: Address))).Origin);

        Assert.Equal(0, (await service.Provider.Requests()).Count);
    }

    private static async Task<object> Said(RunningService service, CustomerOrigin from) =>
        (await service.AskedAgain(An.ResolveCustomer(Guid.NewGuid()) with { Hint = new() { Email = Address }, HintFrom = from })).Message;

    // The stand-in knows its members by card only; here a "card" is whatever is asked by.
    private static Task<RunningService> Start() => RunningService.Start(new()
    {
        Settings = new(new[] { ("LoyaltyCard", "{card}"), ("Email", "{email}") }.Index().SelectMany(step => new KeyValuePair<string, string?>[]
        {
            new($"Loyalty:Lookups:{step.Index}:By", step.Item.Item1),
            new($"Loyalty:Lookups:{step.Index}:Path", $"customers/{step.Item.Item2}"),
            new($"Loyalty:Lookups:{step.Index}:EmailPath", "$.email"),
            new($"Loyalty:Lookups:{step.Index}:ExternalIdPath", "$.customerId"),
            new($"Loyalty:Lookups:{step.Index}:StatusPath", "$.status"),
            new($"Loyalty:Lookups:{step.Index}:BlockedStatuses:0", "blocked"),
        })),
    });
}
