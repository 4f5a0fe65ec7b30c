using Dapper;
using Npgsql;
using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>
/// A system of the previous version whose services are replaced one by one while orders come in, as an orchestrator does it: a second instance beside the first, both behind one
/// address, and then the first is told to go.
/// </summary>
internal sealed class RollingDeployment : IAsyncDisposable
{
    /// <summary>Orders that are tracked from end to end before the next step is taken.</summary>
    private const int OrdersPerStep = 20;

    private readonly InStoreSystem _system;
    private readonly ServiceAddress _door, _journeys;
    private readonly Dictionary<string, ServiceProcess> _running;
    private readonly List<ServiceProcess> _later = [];

    private RollingDeployment(InStoreSystem system, ServiceAddress door, ServiceAddress journeys)
    {
        (_system, _door, _journeys) = (system, door, journeys);
        _running = system.All.ToDictionary(service => service.Name);
        LeadToThem();
        system.Door = new() { BaseAddress = door.Address, Timeout = TimeSpan.FromSeconds(10) };
    }

    public InStoreSystem System => _system;

    /// <summary>The whole system in the previous version; nothing is started yet.</summary>
    /// <param name="previous">Folder of its programs.</param>
    public static async Task<RollingDeployment> Prepare(string previous)
    {
        var (door, journeys) = (new ServiceAddress(), new ServiceAddress());
        var system = await InStoreSystem.Prepare(SystemSettings.ForTests with
        {
            Program = name => Path.Combine(previous, $"{name}.dll"),
            Extra = [.. SystemSettings.ForTests.Extra, ("OrderIngest", "OrderIngest__Journeys__BaseAddress", journeys.Address.ToString())],
        });
        return new(system, door, journeys);
    }

    /// <summary>The instance of a service that runs now, or the one that came last while there are two.</summary>
    public ServiceProcess Running(string service) => _running[service];

    /// <summary>A second instance beside the one that runs; both work when this returns, and orders have passed.</summary>
    /// <returns>The first.</returns>
    public async Task<ServiceProcess> PutBeside(string service, string program)
    {
        var first = _running[service];
        var second = first.Another($"{service} {_later.Count + 2}", program);
        _later.Add(second);
        second.Start();
        await second.WhenReady();
        _running[service] = second;
        LeadToThem(first);
        await OrdersPass();
        return first;
    }

    /// <summary>A second instance, and then the first ends as it is told to.</summary>
    public async Task Replace(string service, string program)
    {
        var first = await PutBeside(service, program);
        LeadToThem();
        await first.Stop();
    }

    /// <summary>Waits until so many more orders have gone all the way.</summary>
    public async Task OrdersPass()
    {
        var before = await Tracked();
        await Eventually.Becomes(Tracked, tracked => tracked >= before + OrdersPerStep, TimeSpan.FromSeconds(60), $"Tracked orders, {OrdersPerStep} beyond {before}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _later)
            await service.DisposeAsync();
        await _system.DisposeAsync();
        _system.Door?.Dispose();
        await _door.DisposeAsync();
        await _journeys.DisposeAsync();
    }

    // Whoever goes soon is still there.
    private void LeadToThem(params IEnumerable<ServiceProcess> besides)
    {
        _door.LeadTo([_running["OrderIngest"], .. besides.Where(service => service.Name.StartsWith("OrderIngest", StringComparison.Ordinal))]);
        _journeys.LeadTo([_running["OrderJourney"], .. besides.Where(service => service.Name.StartsWith("OrderJourney", StringComparison.Ordinal))]);
    }

    private async Task<long> Tracked()
    {
        await using var database = new NpgsqlConnection(_system.Database.ConnectionString);
        return await database.ExecuteScalarAsync<long>("SELECT count(*) FROM order_journey.journeys WHERE state = 'Tracked'");
    }
}
