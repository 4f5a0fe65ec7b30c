using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>A busy day with everything that is ever logged switched on (level Trace, scopes, JSON), all spans and metrics exported, and the services ended in order, so that nothing is left unsaid.</summary>
public sealed class TalkativeDay : IAsyncLifetime
{
    private readonly TelemetryCollector _collector = new();
    private InStoreSystem? _system;

    internal BusyDay Day { get; private set; } = null!;

    internal IReadOnlyList<ServiceProcess> Services => _system!.All;

    internal IReadOnlyList<string> Queues { get; private set; } = [];

    internal IReadOnlyList<TelemetryExport> Exports => _collector.Exports;

    public async ValueTask InitializeAsync()
    {
        _system = await InStoreSystem.Prepare(new() { Loyalty = new() { KnowEveryCard = false }, Extra = [.. ApiKey.Settings, .. Talkative(), .. Customers(), .. Paces] });
        ApiKey.ShowBy(_system);
        await _system.Start();
        Day = new BusyDay(_system);
        await Day.Pass();
        Queues = [.. (await _system.Broker.Queues()).Keys];
        await Task.WhenAll(_system.All.Select(service => service.Stop()));
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
            await _system.DisposeAsync();
        _collector.Dispose();
    }

    // A pace is shown where there is one, and rejected input once it was counted.
    private static IEnumerable<(string, string, string)> Paces =>
    [
        ("ProfileStoreSender", "ProfileStore__RequestsPerSecond", "1000"), ("CustomerResolution", "Loyalty__RequestsPerSecond", "1000"), ("OrderIngest", "OrderIngest__TendRejectedEvery", "00:00:01"),
    ];

    private IEnumerable<(string, string, string)> Talkative() =>
    [
        ("", "Logging__LogLevel__Default", "Trace"), ("", "Logging__Console__LogLevel__Default", "Trace"),
        ("", "Logging__Console__FormatterName", "json"), ("", "Logging__Console__FormatterOptions__IncludeScopes", "true"),
        ("", "Telemetry__OtlpEndpoint", _collector.Address), ("", "Telemetry__OtlpProtocol", "http"),
        ("", "OTEL_METRIC_EXPORT_INTERVAL", "1000"), ("", "OTEL_BSP_SCHEDULE_DELAY", "500"),
    ];

    private static IEnumerable<(string, string, string)> Customers() =>
    [
        .. new[] { ("LoyaltyCard", "{card}"), ("Phone", "{phone}"), ("CustomerNumber", "{customerNumber}") }.SelectMany((kind, step) => new (string Key, string Value)[]
        {
            ("By", kind.Item1), ("Path", $"customers/{kind.Item2}"), ("EmailPath", "$.email"), ("NamePath", "$.name"), ("ExternalIdPath", "$.customerId"),
            ("StatusPath", "$.status"), ("BlockedStatuses__0", "blocked"),
        }.Select(setting => ("CustomerResolution", $"Loyalty__Lookups__{step}__{setting.Key}", setting.Value))),
        ("CustomerResolution", "Loyalty__WeakIdentifiers__Cards__0", new Person(BusyDay.WeakNumber).Card), ("CustomerResolution", "Loyalty__SharedCardOrdersPerDay", $"{BusyDay.SharedAfter}"),
        ("OrderJourney", "Journey__FirstRecheck", "00:00:01"), ("OrderJourney", "Journey__LongestOutageRecheck", "00:00:01"), ("OrderJourney", "Journey__SweepEvery", "00:00:00.5"),
    ];
}
