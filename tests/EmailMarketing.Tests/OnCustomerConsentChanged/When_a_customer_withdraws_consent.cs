using System.Net;
using Contracts.CustomerResolution;
using MassTransit;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using RealServers;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.Tests.OnCustomerConsentChanged;

public sealed class When_a_customer_withdraws_consent
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseKind.PostgreSql), InlineData(DatabaseKind.Sqlite)]
    public async Task They_are_no_contact_until_a_provider_allows_it_again(DatabaseKind kind)
    {
        await using var service = await RunningEmailMarketing.Start(kind);
        var bus = service.Services.GetRequiredService<IBus>();
        await service.Services.GetRequiredService<TopologyDeployment>().WhenDeployed(None);
        await bus.Publish(An.CustomerResolved(Guid.NewGuid(), customer: An.Customer() with { ConsentSeenAt = An.Noon }), None);
        await bus.Publish(An.CustomerResolved(Guid.NewGuid(), customer: An.Customer("sam@shop.example")), None);
        await Eventually.Becomes(() => Export(service), file => file.Contains("pat@", StringComparison.Ordinal) && file.Contains("sam@", StringComparison.Ordinal), what: "Both in the file");

        await bus.Publish(An.CustomerConsentChanged(SuppressionReason.ConsentWithdrawn, at: An.Noon.AddMinutes(1)), None);
        await Eventually.Becomes(() => One(service), status => status == HttpStatusCode.NotFound, what: "The contact");
        var without = await Export(service);
        Assert.DoesNotContain("pat@", without, StringComparison.Ordinal);
        Assert.Contains("sam@", without, StringComparison.Ordinal);

        await bus.Publish(An.CustomerResolved(Guid.NewGuid(), customer: An.Customer() with { StatusSeenAt = An.Noon.AddMinutes(2), ConsentSeenAt = An.Noon.AddMinutes(2) }), None);
        await Eventually.Becomes(() => Export(service), file => file.Contains("pat@", StringComparison.Ordinal), what: "The contact in the file again");
    }

    private static Task<string> Export(RunningEmailMarketing service) => service.Client.GetStringAsync("contacts.csv", None);

    private static async Task<HttpStatusCode> One(RunningEmailMarketing service)
    {
        using var answer = await service.Client.GetAsync("contacts/PAT@shop.example", None);
        return answer.StatusCode;
    }
}
