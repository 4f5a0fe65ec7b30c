using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using OrderJourney.StoringJourneys;
using OrderJourney.Tests.Journey;
using OrderJourney.Tests.StoringJourneys;
using RealServers;

namespace OrderJourney.Tests.ClaimingReceipts;

public sealed class When_the_broker_is_away
{
    [Fact]
    public async Task It_is_told_that_nothing_was_started()
    {
        await using var database = await TestDatabase.Create();
        // Nobody listens on the discard port.
        await using var service = await RunningJourneys.Start("amqp://nobody:nothing@127.0.0.1:9/none", database);
        var journey = JourneyDatabase.NewJourney(Guid.NewGuid());
        await service.Services.GetRequiredService<JourneyStore>().Save(journey, CancellationToken.None);

        using var http = new HttpClient { BaseAddress = new Uri(service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        using var answer = await http.PostAsJsonAsync(new Uri($"/journeys/{journey.CorrelationId}/claim", UriKind.Relative), new { card = "4711" });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Nothing was started", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
