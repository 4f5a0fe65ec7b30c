using System.Net;
using Contracts.CustomerResolution;
using CustomerResolution.AnnouncingConsent;
using LoyaltyProviderStandIn;
using MessageExamples;

namespace CustomerResolution.Tests.TakingNotices;

public sealed class When_a_customer_may_be_tracked_again
{
    private const string Card = "2900000000017", Address = "pat@shop.example";

    [Theory]
    [InlineData(null, "Pat@shop.example")]
    [InlineData(Card, null)]
    public async Task What_was_remembered_from_before_forbids_nothing_any_more(string? card, string? email)
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(new Member { Card = Card, Email = Address, Status = "blocked" });
        Assert.Equal(CustomerResolutionFailureReason.Blocked, await service.ReasonFor(An.Order()));
        await service.Provider.PutMembers(new Member { Card = Card, Email = Address });
        Assert.Equal(CustomerResolutionFailureReason.Blocked, await service.ReasonFor(An.Order()));

        Assert.Equal(HttpStatusCode.Accepted, (await service.ConsentChanged(new { card, email, mayBeTracked = true })).StatusCode);

        Assert.Equal(Address, (await service.CustomerOf(An.Order())).Email);
    }

    [Fact]
    public async Task The_provider_may_still_forbid_it_and_is_asked_once()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(new Member { Card = Card, Email = Address, Status = "blocked" });
        await service.ReasonFor(An.Order());

        await service.ConsentChanged(new { email = Address, mayBeTracked = true });

        Assert.Equal(CustomerResolutionFailureReason.Blocked, await service.ReasonFor(An.Order()));
        Assert.Equal(CustomerResolutionFailureReason.Blocked, await service.ReasonFor(An.Order()));
        Assert.Equal(2, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public void Only_so_many_are_held_and_the_latest_of_them()
    {
        var time = new ManualTime();
        var permissions = new Permissions(2, time);
        foreach (var email in new[] { "a", "b", "a", "c" })
        {
            time.Advance(TimeSpan.FromSeconds(1));
            permissions.Note(email);
        }

        Assert.Equal([An.Noon.AddSeconds(3), null, An.Noon.AddSeconds(4)], new[] { "a", "b", "c" }.Select(permissions.Since));
    }
}
