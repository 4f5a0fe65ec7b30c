using System.Diagnostics;
using Benchmarks.Reporting;
using Dapper;
using RealServers;
using RunningSystem;

namespace Benchmarks;

/// <summary>How soon each service works, and how much memory it takes.</summary>
internal sealed class Footprint : IPart
{
    public string Name => "footprint";

    public async Task Measure(Scale scale, Report report, CancellationToken cancellationToken)
    {
        await using var system = await WholeSystem.Prepare();
        var services = system.Processes.All;
        Report.Progress("footprint: all five at once, on an empty broker and database");
        var watch = Stopwatch.StartNew();
        foreach (var service in services)
            service.Start();
        var together = await Task.WhenAll(services.Select(service => Ready(service, watch)));
        await Tracked(system, await system.Processes.Post($"{system.Reserve(1)}", cancellationToken));
        var first = watch.Elapsed;
        var after = services.Select(service => service.Memory.Now).ToList();

        var alone = new List<(TimeSpan Ready, TimeSpan? Tracked)>();
        foreach (var service in services)
        {
            cancellationToken.ThrowIfCancellationRequested();
            alone.Add(await StartAlone(system, service, cancellationToken));
        }
        Report.Progress($"footprint: {scale.WarmUp} orders");
        await system.Pass(scale.WarmUp, cancellationToken);
        report.Outcome("footprint", await system.Check());

        report.Section("Start and memory");
        var table = new MarkdownTable("service", "ready, all five at once, s", "ready, others running, s", "first order tracked, others running, s", "MiB after start", $"MiB after {MarkdownTable.Text(scale.WarmUp)} orders", "peak MiB");
        foreach (var (i, service) in services.Index())
            table.Row(service.Name, together[i].TotalSeconds, alone[i].Ready.TotalSeconds, alone[i].Tracked is { } tracked ? tracked.TotalSeconds : "-", after[i], service.Memory.Now, service.Memory.Peak);
        report.Show(table);
        report.Say($"""
            - All five at once, on an empty broker and an empty database: the first order is tracked {MarkdownTable.Text(first.TotalSeconds)} s after the first process was started.
            - Others running: one service is killed and started again; an order that was posted while it was away counts as first. EmailMarketing is not on an order's way to the profile store.
            - Resident memory of the process as the kernel counts it. "After start" is after the first order, everything else after the restart. Looked for every 50 ms; framework-dependent build, compiled just in time.
            """);
    }

    private static async Task<(TimeSpan, TimeSpan?)> StartAlone(WholeSystem system, ServiceProcess service, CancellationToken cancellationToken)
    {
        Report.Progress($"footprint: {service.Name} alone");
        var receipt = $"{system.Reserve(1)}";
        await service.Kill();
        // Who takes orders in cannot take one while it is away.
        var before = service == system.Processes.OrderIngest ? Guid.Empty : await system.Processes.Post(receipt, cancellationToken);
        var watch = Stopwatch.StartNew();
        service.Start();
        var ready = Ready(service, watch);
        var tracked = service == system.Processes.EmailMarketing ? null : (TimeSpan?)await FirstOrder();
        return (await ready, tracked);

        async Task<TimeSpan> FirstOrder()
        {
            await Tracked(system, before == Guid.Empty ? await system.Processes.Post(receipt, cancellationToken) : before);
            return watch.Elapsed;
        }
    }

    private static async Task<TimeSpan> Ready(ServiceProcess service, Stopwatch watch)
    {
        await service.WhenReady();
        return watch.Elapsed;
    }

    private static async Task Tracked(WholeSystem system, Guid id)
    {
        await using var connection = await system.Database.OpenConnectionAsync();
        await Eventually.Becomes(
            () => connection.ExecuteScalarAsync<string?>("SELECT state FROM order_journey.journeys WHERE order_id = @id", new { id }), state => state == "Tracked", TimeSpan.FromMinutes(1), "the first order");
    }
}
