using Contracts.CustomerResolution;
using LoyaltyProviderStandIn;
using MessageExamples;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CustomerResolution.Tests.OnOrderReceived;

public sealed class When_the_provider_gives_no_usable_answer
{
    [Theory]
    [InlineData(500, 3)]
    [InlineData(503, 3)]
    [InlineData(429, 3)]
    [InlineData(408, 3)]
    [InlineData(400, 1)]
    [InlineData(302, 1)]
    [InlineData(401, 1)]
    [InlineData(403, 1)]
    public async Task It_says_provider_unavailable_after_the_attempts_that_may_help(int status, int attempts)
    {
        await using var service = await RunningService.Start(new() { WithContacts = true });
        await service.Provider.PutContacts(new Member { Card = "2900000000017", Email = "pat@shop.example" });
        await service.Provider.PutFault(new() { Status = status });

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(An.Order()));

        // Nor is the web shop asked: it cannot know whom the provider has blocked.
        Assert.Equal(Enumerable.Repeat((int?)status, attempts), (await service.Provider.Requests()).Last.Select(request => request.Status));
    }

    [Fact]
    public async Task It_says_so_of_a_body_that_breaks_off()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutFault(new() { Malformed = true });

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(An.Order()));

        Assert.Equal(3, (await service.Provider.Requests()).Count);
        Assert.Contains("not as described", (await service.Health("loyalty-provider")).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_so_of_a_connection_that_breaks()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutFault(new() { Drop = true });

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(An.Order()));

        Assert.Contains("could not be reached", (await service.Health("loyalty-provider")).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_so_of_an_answer_that_comes_too_late()
    {
        await using var service = await RunningService.Start(new() { Settings = new() { ["Loyalty:Timeout"] = "00:00:00.100" } });
        await service.Provider.PutFault(new() { Delay = TimeSpan.FromMinutes(1) });

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(An.Order()));

        Assert.Equal(3, (await service.Provider.Requests()).Count);
        Assert.Contains("no answer in time", (await service.Health("loyalty-provider")).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_finds_the_customer_when_a_later_attempt_succeeds()
    {
        await using var service = await RunningService.Start(new() { Provider = new() { KnowEveryCard = true } });
        await service.Provider.PutFault(new() { Status = 503, Times = 2 });

        await service.CustomerOf(An.Order());

        Assert.Equal([503, 503, 200], (await service.Provider.Requests()).Last.Select(request => request.Status));
        Assert.Equal("no failure since its last answer, or not asked yet; circuit closed", (await service.Health("loyalty-provider")).Description);
    }

    [Fact]
    public async Task It_does_not_remember_the_failure()
    {
        await using var service = await RunningService.Start(new() { Provider = new() { KnowEveryCard = true } });
        await service.Provider.PutFault(new() { Status = 400, Times = 1 });
        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(An.Order()));

        await service.CustomerOf(An.Order());

        Assert.Equal(2, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public async Task It_stops_asking_after_a_refused_key_and_health_says_so()
    {
        await using var service = await RunningService.Start(new() { Settings = new() { ["Loyalty:ApiKey"] = "not-the-key" } });

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(An.Order(card: "1")));
        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(An.Order(card: "2")));

        Assert.Equal(1, (await service.Provider.Requests()).Count);
        var health = await service.Health("loyalty-provider");
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("answered 401: it refuses the key", health.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_finds_those_who_bring_their_email_all_the_same()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutFault(new() { Drop = true });

        Assert.Equal(CustomerOrigin.Order, (await service.CustomerOf(An.Order(email: "pat@shop.example"))).Origin);
    }
}
