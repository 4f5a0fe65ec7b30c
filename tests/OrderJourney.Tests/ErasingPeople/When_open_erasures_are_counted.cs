using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using OrderJourney.ErasingPeople;
using OrderJourney.Tests.Journey;

namespace OrderJourney.Tests.ErasingPeople;

public sealed class When_open_erasures_are_counted : IAsyncLifetime
{
    private JourneyHost _host = null!;

    private ErasureTables Tables => _host.Services.GetRequiredService<ErasureTables>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await JourneyHost.Start();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Each_state_has_a_figure_and_so_has_the_age_of_the_oldest()
    {
        Assert.Equal("needsAttention=0 oldest=0 running=0", await Count());

        var first = await Begin("first", An.Noon.AddMinutes(-3));
        await Begin("second", An.Noon.AddMinutes(-1));
        Assert.Equal("needsAttention=0 oldest=180 running=2", await Count());

        await Tables.Save(first with { State = Erasure.NeedsAttention, NextAt = null }, An.Noon, Token);
        Assert.Equal("needsAttention=1 oldest=180 running=1", await Count());

        await Tables.Save(first with { State = Erasure.Done, NextAt = null }, An.Noon, Token);
        Assert.Equal("needsAttention=0 oldest=60 running=1", await Count());

        // An old count must not look like a new one.
        _host.Services.GetRequiredService<OrderJourneyMetrics>().ErasingUnknown();
        Assert.Equal("", Read());
    }

    // Never due here: nobody takes them on meanwhile.
    private async Task<Erasure> Begin(string person, DateTimeOffset at)
    {
        var begun = await Tables.Begin(Guid.NewGuid(), person, null, null, null, at, Token);
        await Tables.Save(begun with { NextAt = null }, at, Token);
        return begun with { NextAt = null };
    }

    private async Task<string> Count()
    {
        await _host.Services.GetRequiredService<ErasureRounds>().Count(Token);
        return Read();
    }

    private string Read()
    {
        const string Prefix = "order_journey.erasure.";
        var meter = _host.Services.GetRequiredService<OrderJourneyMetrics>();
        var read = new ConcurrentBag<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name.StartsWith(Prefix, StringComparison.Ordinal) && meter.Owns(instrument))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => read.Add($"{tags[0].Value}={value}"));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => read.Add($"{instrument.Name[Prefix.Length..]}={value:0}"));
        listener.Start();
        listener.RecordObservableInstruments();
        return string.Join(' ', read.Order(StringComparer.Ordinal));
    }
}
