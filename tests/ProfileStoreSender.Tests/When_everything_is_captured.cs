using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using MessageExamples;

namespace ProfileStoreSender.Tests;

/// <summary>Logs at every level, spans of every source and tags of every metric of a run with all kinds of endings.</summary>
[Collection(nameof(When_everything_is_captured))]
[CollectionDefinition(nameof(When_everything_is_captured), DisableParallelization = true)]
public sealed class When_everything_is_captured
{
    private const string Card = "2900000077777", Email = "very.private@person.example", Name = "Private Person", Phone = "+49-555-0177";

    [Fact]
    public async Task It_holds_nothing_personal_and_no_key()
    {
        var seen = new ConcurrentQueue<string>();
        using var spans = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => seen.Enqueue(
                $"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.Select(e => $"{e.Name} {string.Join(' ', e.Tags)}"))}"),
        };
        ActivitySource.AddActivityListener(spans);
        var measured = new ConcurrentDictionary<string, double>();
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            measured.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
            seen.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}");
        }
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measured(instrument, value, tags));
        meters.Start();

        await using var host = await SenderHost.Start(settings: new() { ["ProfileStore:HoldFor"] = "00:00:20" });
        foreach (var fault in new ProfileStoreStandIn.Misbehaving.Fault[] { new() { Status = 400, Times = 1, Text = $"cannot take {Email}" }, new() { Status = 500, Times = 1 }, new() { Status = 401, Times = 1 }, new() { DropAfterStoring = true, Times = 1 } })
        {
            await host.Store.Misbehave(fault);
            var id = Guid.NewGuid();
            var order = An.Order(card: Card, email: Email) with { Customer = new() { LoyaltyCard = Card, Email = Email, Phone = Phone } };
            await host.Publish(An.CustomerResolved(id, order, An.Customer(Email) with { Name = Name }));
            await host.Outcomes(id);
            await host.Publish(An.CustomerResolved(id, order, An.Customer(Email) with { Name = Name }));
            await host.Outcomes(id, 2);
        }

        await host.Publish(An.CustomerConsentChanged(email: Email));
        await RealServers.Eventually.Holds(() => Task.FromResult(host.ConsentChanges == 1));
        var withdrawn = Guid.NewGuid();
        await host.Publish(An.CustomerResolved(withdrawn, customer: An.Customer(Email) with { Name = Name }));
        await host.Outcomes(withdrawn);

        var everything = $"{host.Logs.All}\n{string.Join('\n', seen)}";
        Assert.Contains("profilestoresender.event.sent", everything, StringComparison.Ordinal);
        Assert.Contains("profile-store-sender", everything, StringComparison.Ordinal);
        Assert.All(new[] { Card, Email, Name, Phone, "secret-tracking-key" }, personal => Assert.DoesNotContain(personal, everything, StringComparison.OrdinalIgnoreCase));
        Assert.Equal((7, 5, 1), (measured["profilestoresender.event.sent"], measured["profilestoresender.event.skipped"], measured["profilestoresender.event.uncertain"]));
        Assert.Equal(1, measured["profilestoresender.consent.changed"]);
        Assert.InRange(measured["profilestoresender.send.duration"], 0.001, 20);
    }
}
