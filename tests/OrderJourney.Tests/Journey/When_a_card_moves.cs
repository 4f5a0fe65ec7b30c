using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts.CustomerResolution;
using MessageExamples;
using OrderJourney.Journey;

namespace OrderJourney.Tests.Journey;

/// <summary>A notice about the card of an order that is tracked already.</summary>
public sealed class When_a_card_moves : IAsyncLifetime
{
    private readonly Guid _id = Guid.NewGuid();
    private JourneyHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await JourneyHost.Start();
        await _host.Publish(An.OrderReceived(_id));
        await _host.Publish(JourneyEvents.Resolved(_id, 1, "former@shop.example"));
        await _host.Publish(An.OrderTracked(_id));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static LoyaltyCardRegistered Notice(string? email) => new() { CardKey = "card-1", Email = email, RegisteredAt = An.Noon.AddHours(1) };

    [Fact]
    public async Task It_stays_with_whom_it_was_tracked_for_and_the_move_is_told_without_names()
    {
        var moved = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "order_journey.card.moved")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref moved, value));
        listener.Start();

        await _host.Publish(Notice("new@shop.example"));

        var journey = await RealServers.Eventually.Becomes(() => _host.Journey(_id), saga => saga.CardMovedAt is not null);
        Assert.Equal((JourneyState.Tracked, "former@shop.example"), (journey.CurrentState, journey.Customer?.Email));
        Assert.Empty(_host.AskedFor(_id));
        Assert.True(Interlocked.Read(ref moved) >= 1);
        using var http = _host.Http;
        var listed = await http.GetFromJsonAsync<JsonElement>(new Uri("/journeys?cardMoved=true", UriKind.Relative));
        Assert.Equal([_id], listed.GetProperty("journeys").EnumerateArray().Select(j => j.GetProperty("orderId").GetGuid()));
        var shown = await http.GetStringAsync(new Uri($"/journeys/{_id}", UriKind.Relative));
        Assert.Contains("CardMoved", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("shop.example", shown, StringComparison.Ordinal);

        // The same notice again is no news.
        await _host.Publish(Notice("new@shop.example"));
        await RealServers.Eventually.Holds(() => Task.FromResult(_host.Harness.Consumed.Select<CustomerStated>().Count() == 2));
        Assert.Equal(journey.Version, (await _host.Journey(_id)).Version);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task It_is_told_that_it_went_to_another_whichever_is_heard_of_first(bool trackedFirst)
    {
        var id = Guid.NewGuid();
        await _host.Publish(An.OrderReceived(id));
        if (trackedFirst)
            await _host.Publish(JourneyEvents.Tracked(id, "former@shop.example"));
        await _host.Publish(JourneyEvents.Resolved(id, 5, "holder@shop.example"));
        if (!trackedFirst)
            await _host.Publish(JourneyEvents.Tracked(id, "former@shop.example"));
        using var http = _host.Http;
        var listed = await http.GetFromJsonAsync<JsonElement>(new Uri("/journeys?cardMoved=true", UriKind.Relative));
        Assert.Equal([id], listed.GetProperty("journeys").EnumerateArray().Select(j => j.GetProperty("orderId").GetGuid()));
        var shown = await http.GetStringAsync(new Uri($"/journeys/{id}", UriKind.Relative));
        Assert.Contains("TrackedForAnother", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(CustomerKey.Of("former@shop.example"), shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CustomerOrigin.Order, false)]
    [InlineData(CustomerOrigin.Claim, false)]
    [InlineData(CustomerOrigin.Unknown, false)]
    [InlineData(CustomerOrigin.WebShopContacts, true)]
    [InlineData(CustomerOrigin.CardRegistration, true)]
    public void It_matters_only_where_the_customer_hung_on_the_card(CustomerOrigin origin, bool moves)
    {
        foreach (var tracked in new[] { An.OrderTracked(_id), JourneyEvents.Tracked(_id, "former@shop.example") })
        {
            var saga = new OrderJourneySaga { CorrelationId = _id };
            foreach (var message in new object[] { JourneyEvents.Resolved(_id, 1, "former@shop.example", origin: origin), tracked, JourneyEvents.Notice(_id, 10, "new@shop.example") })
                JourneyEvents.Apply(saga, message);
            Assert.Equal(moves, saga.CardMovedAt is not null);
            Assert.Equal(moves, saga.News.Exists(news => news.What == MoveFacts.CardMoved));
        }
    }

    [Theory]
    [InlineData("former@shop.example")]
    [InlineData(null)]
    public async Task It_hears_nothing_of_a_notice_that_says_nothing_else(string? email)
    {
        var version = (await _host.Journey(_id)).Version;
        await _host.Publish(Notice(email));
        Assert.Empty(_host.Harness.Sent.Select<CustomerStated>());
        Assert.Equal(version, (await _host.Journey(_id)).Version);
        using var http = _host.Http;
        Assert.Equal(0, (await http.GetFromJsonAsync<JsonElement>(new Uri("/journeys?cardMoved=true", UriKind.Relative))).GetProperty("journeys").GetArrayLength());
    }
}
