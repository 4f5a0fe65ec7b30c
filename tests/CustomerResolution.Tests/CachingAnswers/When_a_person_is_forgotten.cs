using Contracts.CustomerResolution;
using CustomerResolution.AnnouncingConsent;
using CustomerResolution.CachingAnswers;
using CustomerResolution.NormalisingIdentifiers;
using CustomerResolution.Tests.LookingUpCustomers;
using MessageExamples;

namespace CustomerResolution.Tests.CachingAnswers;

public sealed class When_a_person_is_forgotten
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_remembered_of_them_is_gone_and_of_others_is_not(bool byCard)
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Customer, ScriptedProvider.Status(404));
        var directory = new CustomerDirectory(provider.Settings, provider.Client, provider.Time, provider.Metrics);
        var (card, other) = (ScriptedProvider.Card("1"), ScriptedProvider.Card("2"));
        var email = (await directory.Find(card, null, default)).Customer!.Email;
        await directory.Find(other, null, default);

        directory.Forget(CustomerKey.Of("somebody@else.example"), new HashSet<string> { CardNumbers.KeyOf("3") });
        await directory.Find(card, null, default);
        Assert.Equal(2, provider.Arrivals.Count);

        directory.Forget(byCard ? null : CustomerKey.Of(email), byCard ? new HashSet<string> { CardNumbers.KeyOf("1") } : []);
        await directory.Find(card, null, default);
        await directory.Find(other, null, default);
        Assert.Equal(3, provider.Arrivals.Count);
    }

    [Fact]
    public void When_they_were_free_to_be_tracked_again_is_gone_too()
    {
        var permissions = new Permissions(10, new ManualTime());
        permissions.Note("pat@shop.example");
        permissions.Note("sam@shop.example");

        permissions.Forget(CustomerKey.Of("pat@shop.example"));

        Assert.Equal((null, An.Noon), (permissions.Since("pat@shop.example"), permissions.Since("sam@shop.example")));
    }
}
