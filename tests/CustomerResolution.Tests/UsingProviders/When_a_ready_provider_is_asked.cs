using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using LoyaltyProviderStandIn;
using MessageExamples;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CustomerResolution.Tests.UsingProviders;

/// <summary>What every ready configuration does, through the whole service: an order goes in, an outcome comes out, and the stand-in checks who asks.</summary>
public abstract class When_a_ready_provider_is_asked
{
    protected const string Card = "2900000000017";

    protected static readonly Member Pat = new()
    {
        Card = Card,
        CustomerId = "M-17",
        Email = "pat@shop.example",
        Name = "Pat Example",
        Phone = "+46701234567",
        Consent = true,
    };

    /// <summary>The name of the configuration.</summary>
    protected abstract string Provider { get; }

    /// <summary>The stand-in's name for the provider; empty for the plain one.</summary>
    protected abstract string Dialect { get; }

    /// <summary>What its page in docs/loyalty says is to be set, the address aside.</summary>
    protected abstract Dictionary<string, string?> ToSet { get; }

    /// <summary>The key in <see cref="ToSet"/> that proves who asks.</summary>
    protected abstract string Secret { get; }

    /// <summary>Whether it says that a member may be tracked: by a status of the member, and by a consent.</summary>
    protected abstract (bool Status, bool Consent) Says { get; }

    /// <summary>Requests of a look-up that finds somebody.</summary>
    protected abstract int Steps { get; }

    /// <summary>Requests of a look-up that is refused the first time.</summary>
    protected virtual int RequestsWithAWrongSecret => 1;

    /// <summary>An order that names the member in the way this provider can be asked.</summary>
    protected virtual Order OrderOf(Member member) => An.Order(card: member.Card);

    [Fact]
    public async Task It_finds_the_member()
    {
        await using var service = await Start();
        await service.Provider.PutMembers(Pat, Pat with { Card = "1", CustomerId = "M-1", Email = "sam@shop.example", Phone = "+46709999999" });

        var customer = await service.CustomerOf(OrderOf(Pat));

        Assert.Equal(
            new() { Email = "pat@shop.example", Name = "Pat Example", ExternalId = "M-17", Origin = CustomerOrigin.LoyaltyProvider },
            customer with { ConsentSeenAt = null, StatusSeenAt = null, Card = null });
        Assert.Equal(Says, (customer.StatusSeenAt is not null, customer.ConsentSeenAt is not null));
        Assert.Equal(Enumerable.Repeat((int?)200, Steps), await Statuses(service));
    }

    [Fact]
    public async Task It_says_not_found_of_whom_nobody_knows()
    {
        await using var service = await Start();
        await service.Provider.PutMembers(Pat with { Card = "1", CustomerId = "M-1", Phone = "+46709999999" });

        Assert.Equal(CustomerResolutionFailureReason.NotFound, await service.ReasonFor(OrderOf(Pat)));

        Assert.Single(await Statuses(service));
        Assert.Equal(HealthStatus.Healthy, (await service.Health("loyalty-provider")).Status);
    }

    [Fact]
    public async Task It_says_not_found_of_a_member_without_an_address()
    {
        await using var service = await Start();
        await service.Provider.PutMembers(Pat with { Email = null });

        Assert.Equal(CustomerResolutionFailureReason.NotFound, await service.ReasonFor(OrderOf(Pat)));
    }

    [Fact]
    public async Task It_is_refused_with_another_secret()
    {
        await using var service = await Start(new() { [Secret] = "not-the-secret" });
        await service.Provider.PutMembers(Pat);

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(OrderOf(Pat)));

        Assert.Equal(Enumerable.Repeat((int?)401, RequestsWithAWrongSecret), await Statuses(service));
        Assert.Contains("it refuses the key", (await service.Health("loyalty-provider")).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_asks_again_when_it_was_told_that_this_was_too_much()
    {
        await using var service = await Start();
        await service.Provider.PutMembers(Pat);
        await service.Provider.PutFault(new() { On = On, Status = TooMany, Times = 1 });

        await service.CustomerOf(OrderOf(Pat));

        Assert.Equal([TooMany, .. Enumerable.Repeat((int?)200, Steps)], await Statuses(service));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task It_says_provider_unavailable_of_the_providers_own_errors(int status)
    {
        await using var service = await Start();
        await service.Provider.PutMembers(Pat);
        await service.Provider.PutFault(new() { On = On, Status = status });

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(OrderOf(Pat)));
    }

    [Fact]
    public async Task It_says_provider_unavailable_of_a_body_that_breaks_off()
    {
        await using var service = await Start();
        await service.Provider.PutMembers(Pat);
        await service.Provider.PutFault(new() { On = On, Malformed = true });

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(OrderOf(Pat)));
    }

    /// <summary>The status this provider says "too many requests" with.</summary>
    protected virtual int TooMany => 429;

    protected Task<RunningService> Start(Dictionary<string, string?>? different = null)
    {
        var settings = new Dictionary<string, string?>(ToSet) { ["Loyalty:Provider"] = Provider };
        foreach (var (key, value) in different ?? [])
            settings[key] = value;
        return RunningService.Start(new() { Dialect = Dialect.Length == 0 ? "" : $"{Dialect}/", Settings = settings });
    }

    /// <summary>The reason why nobody was found with these members.</summary>
    protected async Task<CustomerResolutionFailureReason> ReasonWith(Member[] members, Dictionary<string, string?>? different = null)
    {
        await using var service = await Start(different);
        await service.Provider.PutMembers(members);
        return await service.ReasonFor(OrderOf(Pat));
    }

    protected static async Task<IEnumerable<int?>> Statuses(RunningService service) => (await service.Provider.Requests()).Last.Select(request => request.Status);

    private string On => Dialect.Length == 0 ? "customers" : Dialect;
}
