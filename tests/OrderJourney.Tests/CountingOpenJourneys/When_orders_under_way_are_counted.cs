using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrderJourney.CountingOpenJourneys;
using OrderJourney.Journey;
using OrderJourney.Tests.Journey;
using OrderJourney.Tests.StoringJourneys;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.Tests.CountingOpenJourneys;

public sealed class When_orders_under_way_are_counted
{
    [Fact]
    public async Task It_reports_them_by_state_with_the_age_of_the_oldest_and_nothing_while_it_is_not_known()
    {
        await using var host = await JourneyHost.Start();
        foreach (var (age, state) in new[]
        {
            (5, JourneyState.Received), (7, JourneyState.Received), (9, JourneyState.NeedsAttention), (99, JourneyState.Tracked), (99, JourneyState.Suppressed),
            (99, JourneyState.AwaitingCustomer), (99, JourneyState.Unidentified),
        })
            await host.Store.Save(JourneyDatabase.NewJourney(Guid.NewGuid(), An.Noon - TimeSpan.FromMinutes(age), state), CancellationToken.None);

        await host.Services.GetServices<IHostedService>().OfType<OpenJourneys>().Single().Count(CancellationToken.None);
        Assert.Equal("NeedsAttention=1 Received=2 Resolved=0", Read(host, "order_journey.order.open"));
        Assert.Equal("NeedsAttention=540 Received=420 Resolved=0", Read(host, "order_journey.order.oldest"));

        host.Services.GetRequiredService<OrderJourneyMetrics>().OpenUnknown();
        Assert.Equal("", Read(host, "order_journey.order."));
    }

    [Fact]
    public async Task It_shows_every_state_before_the_first_journey_enters_it()
    {
        await using var host = await JourneyHost.Start();
        var meter = host.Services.GetRequiredService<OrderJourneyMetrics>();
        var states = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "order_journey.state.entered" && meter.Owns(instrument))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => states.AddOrUpdate($"{tags[0].Value}", value, (_, sum) => sum + value));
        listener.Start();
        await host.Services.GetServices<IHostedService>().OfType<OpenJourneys>().Single().Count(CancellationToken.None);
        Assert.Equal(JourneyState.All.Order(), states.Keys.Order());
        Assert.All(states.Values, value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task PostgreSQL_counts_them_without_reading_what_is_finished()
    {
        await using var database = await JourneyDatabase.Create(DatabaseKind.PostgreSql);
        foreach (var (age, state) in new[] { (5, JourneyState.Resolved), (7, JourneyState.Resolved), (99, JourneyState.Tracked) })
            await database.Store.Save(JourneyDatabase.NewJourney(Guid.NewGuid(), An.Noon - TimeSpan.FromMinutes(age), state), CancellationToken.None);
        Assert.Equal(new Dictionary<string, OrderJourney.StoringJourneys.OpenCount> { ["Resolved"] = new(2, An.Noon - TimeSpan.FromMinutes(7)) }, await database.Queries.CountOpen(CancellationToken.None));

        await using var command = database.Database.Postgres.CreateCommand(
            "SET enable_seqscan = off; EXPLAIN SELECT state, count(*), min(started_at) FROM journeys WHERE state IN ('Received', 'Resolved', 'NeedsAttention') GROUP BY state");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var plan = "";
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            plan += $"{reader.GetString(0)}\n";
        Assert.Contains("journeys_by_state", plan, StringComparison.Ordinal);
    }

    private static string Read(JourneyHost host, string beginning)
    {
        var meter = host.Services.GetRequiredService<OrderJourneyMetrics>();
        var read = new ConcurrentBag<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name.StartsWith(beginning, StringComparison.Ordinal) && instrument.IsObservable && meter.Owns(instrument))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => read.Add($"{tags[0].Value}={value}"));
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => read.Add(string.Create(CultureInfo.InvariantCulture, $"{tags[0].Value}={value}")));
        listener.Start();
        listener.RecordObservableInstruments();
        return string.Join(' ', read.Order(StringComparer.Ordinal));
    }
}
