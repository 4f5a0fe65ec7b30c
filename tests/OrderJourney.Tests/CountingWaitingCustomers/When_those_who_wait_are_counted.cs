using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrderJourney.CountingWaitingCustomers;
using OrderJourney.Journey;
using OrderJourney.Tests.Journey;
using OrderJourney.Tests.StoringJourneys;

namespace OrderJourney.Tests.CountingWaitingCustomers;

public sealed class When_those_who_wait_are_counted : IAsyncLifetime
{
    private JourneyHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await JourneyHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task It_reports_them_by_age_and_nothing_while_it_is_not_known()
    {
        foreach (var (age, state) in new[]
        {
            (TimeSpan.FromMinutes(5), JourneyState.AwaitingCustomer), (TimeSpan.FromMinutes(50), JourneyState.AwaitingCustomer), (TimeSpan.FromHours(2), JourneyState.AwaitingCustomer),
            (TimeSpan.FromDays(2), JourneyState.AwaitingCustomer), (TimeSpan.FromDays(8), JourneyState.AwaitingCustomer), (TimeSpan.FromDays(31), JourneyState.AwaitingCustomer),
            (TimeSpan.FromDays(31), JourneyState.AwaitingCustomer), (TimeSpan.FromDays(2), JourneyState.Tracked),
        })
            await _host.Store.Save(JourneyDatabase.NewJourney(Guid.NewGuid(), An.Noon - age, state), CancellationToken.None);

        await _host.Services.GetServices<IHostedService>().OfType<WaitingCustomers>().Single().Count(CancellationToken.None);
        Assert.Equal("older=2 under_1d=1 under_1h=2 under_30d=1 under_7d=1", Read());

        _host.Services.GetRequiredService<OrderJourneyMetrics>().WaitingUnknown();
        Assert.Equal("", Read());
    }

    private string Read()
    {
        var meter = _host.Services.GetRequiredService<OrderJourneyMetrics>();
        var read = new ConcurrentBag<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "order_journey.customer.waiting" && meter.Owns(instrument))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => read.Add($"{tags[0].Value}={value}"));
        listener.Start();
        listener.RecordObservableInstruments();
        return string.Join(' ', read.Order(StringComparer.Ordinal));
    }
}
