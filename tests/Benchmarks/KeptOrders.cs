using System.Diagnostics;
using Benchmarks.Measuring;
using Benchmarks.Reporting;
using Dapper;
using RealServers;

namespace Benchmarks;

/// <summary>What an order costs while more and more finished ones are kept.</summary>
internal sealed class KeptOrders : IPart
{
    private const double Constant = 1.2;
    private const int Questions = 300;
    private const double GiB = 1024.0 * 1024 * 1024;

    // The log of changes grows to a multiple of its usual size while gigabytes are filled in, and building indexes needs room to sort.
    private const double Spare = 6 * GiB;

    public string Name => "kept";

    public async Task Measure(Scale scale, Report report, CancellationToken cancellationToken)
    {
        // Reconciliation of journal and journeys within the measured passes, as it is when a system runs for days.
        await using var system = await WholeSystem.Start(("OrderIngest", "OrderIngest__AcknowledgeWithin", "00:00:15"), ("OrderIngest", "OrderIngest__ReconcileEvery", "00:00:02"));
        var rows = KeptRows.OfSystem(system.Processes.Database.ConnectionString);
        report.Section("Cost of an order while finished ones are kept");
        var seen = new List<KeptLevel> { await Level(system, rows, 0, scale, cancellationToken) };
        foreach (var kept in scale.Kept)
        {
            var (need, free) = ((kept - seen[^1].Kept) * await rows.BytesPerOrder() + Spare, (double)new DriveInfo("/").AvailableFreeSpace);
            Report.Progress($"kept: {kept} orders need {need / GiB:0.0} GiB, {free / GiB:0.0} GiB are free");
            if (need > free)
            {
                report.Missing($"cost with {MarkdownTable.Text(kept)} orders kept", $"{need / GiB:0.0} GiB of disk are needed, {free / GiB:0.0} GiB are free.");
                continue;
            }
            foreach (var service in system.Processes.All)
                await service.Kill();
            var watch = Stopwatch.StartNew();
            await rows.Fill((seen[^1].Kept / KeptRows.OrdersPerCopy) + 1, kept / KeptRows.OrdersPerCopy, cancellationToken);
            report.Say($"{MarkdownTable.Text(kept)} kept orders take {MarkdownTable.Text(await DatabaseSize(system) / GiB)} GiB; filling in took {MarkdownTable.Text(watch.Elapsed.TotalSeconds)} s.");
            await system.Processes.Start();
            seen.Add(await Level(system, rows, kept, scale, cancellationToken));
        }
        report.Outcome("kept", await system.Check());
        Show(scale, report, seen);
    }

    private static async Task<KeptLevel> Level(WholeSystem system, KeptRows rows, int kept, Scale scale, CancellationToken cancellationToken)
    {
        Report.Progress($"kept: warming up beside {kept} kept orders");
        await system.Pass(scale.WarmUp, cancellationToken);
        var passes = new List<Throughput>();
        var written = await ServerWork.Read(system.Database, cancellationToken);
        for (var round = 0; round < scale.Rounds; round++)
            passes.Add(await system.Pass(scale.Orders, cancellationToken));
        written = await ServerWork.Read(system.Database, cancellationToken) - written;
        var single = await OpenLoop.Run(system, perSecond: 10, scale.AtEachRate / 3, cancellationToken);
        var questions = await Ask(system, cancellationToken);
        await Eventually.Becomes(rows.UnfinishedOrders, left => left == 0, TimeSpan.FromMinutes(3), "orders without an acknowledgement");
        var before = ProcessorTimes.Read(system.Processes.All);
        await Task.Delay(scale.Rest, TimeProvider.System, cancellationToken);
        Report.Progress($"kept: {Statistics.Median(passes.Select(pass => pass.Rate)):0} orders/s beside {kept} kept orders");
        return new(kept, passes, written, single, questions, ProcessorTimes.Read(system.Processes.All) - before);
    }

    /// <summary>Milliseconds of GET /journeys/{id}, one after the other, for orders anywhere in the table.</summary>
    private static async Task<IReadOnlyList<double>> Ask(WholeSystem system, CancellationToken cancellationToken)
    {
        await using var connection = await system.Database.OpenConnectionAsync(cancellationToken);
        var ids = (await connection.QueryAsync<Guid>(
            """
            SELECT order_id FROM order_journey.journeys
            TABLESAMPLE SYSTEM ((SELECT least(100, 200000 / greatest(reltuples, 1)) FROM pg_class WHERE oid = 'order_journey.journeys'::regclass)) ORDER BY random() LIMIT @Questions
            """, new { Questions })).ToList();
        var took = new List<double>();
        foreach (var id in ids)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await system.Processes.OrderJourney.Http.GetAsync(new Uri($"/journeys/{id}", UriKind.Relative), cancellationToken);
            answer.EnsureSuccessStatusCode();
            took.Add(watch.Elapsed.TotalMilliseconds);
        }
        return took;
    }

    private static void Show(Scale scale, Report report, List<KeptLevel> seen)
    {
        if (seen.Count > 1)
        {
            var ratio = seen[^1].Cost / seen[0].Cost;
            report.Aim($"processor time per order with {MarkdownTable.Text(seen[^1].Kept)} orders kept, against none", $"at most {Constant:0.00} times", ratio, ratio <= Constant);
        }
        var table = new MarkdownTable("orders kept", "orders/s", "µs CPU/order", "of that PostgreSQL", "log, KiB/order", "whole pages in it/order", "pages read/order", "GET /journeys/{id}: p50 ms", "p95 ms", "one order alone: p50 ms", "p95 ms", "at rest: PostgreSQL, ms CPU/s", "services, ms CPU/s");
        double orders = scale.Rounds * scale.Orders;
        foreach (var level in seen)
        {
            var rest = level.AtRest.ByProgram.ToDictionary(time => time.Key, time => time.Value.TotalMilliseconds / scale.Rest.TotalSeconds);
            table.Row(
                level.Kept, Statistics.Median(level.Passes.Select(pass => pass.Rate)), level.Cost, Statistics.Median(level.Passes.Select(pass => pass.Microseconds(ProcessorTimes.PostgreSql))),
                level.Work.LogBytes / 1024.0 / orders, level.Work.WholePages / orders, level.Work.PagesRead / orders,
                Statistics.Percentile(level.Questions, 50), Statistics.Percentile(level.Questions, 95), Statistics.Percentile(level.Single.ToTracked, 50), Statistics.Percentile(level.Single.ToTracked, 95),
                rest[ProcessorTimes.PostgreSql], rest.Where(time => time.Key is not (ProcessorTimes.PostgreSql or ProcessorTimes.RabbitMq or ProcessorTimes.Own)).Sum(time => time.Value));
        }
        report.Show(table);
        report.Say($"""
            - Kept besides the run's own {MarkdownTable.Text(scale.WarmUp + (scale.Rounds * scale.Orders))} orders at each step: rows that the system itself wrote, copied with new random ids into every table that has an order's id; ordinary logged tables with all their indexes, vacuumed and analysed. Services start anew and are warmed up at each step.
            - Median of {scale.Rounds} passes of {MarkdownTable.Text(scale.Orders)} orders; reconciliation of journal and journeys takes place meanwhile (AcknowledgeWithin 15 s, ReconcileEvery 2 s, so that it does).
            - Log, whole pages and pages read: by the counters of the server, over the measured passes. A whole page is written when a page changes for the first time after a checkpoint; a page read was not in the server's own cache.
            - One order alone: at 10 orders/s from the moment of sending until tracked; the relay's claim is on that way. At rest: nothing is offered for {scale.Rest.TotalSeconds:0} s; the sweeper, the relay and the reconciliation look for work as ever and would show here if they read finished orders.
            """);
    }

    private static async Task<double> DatabaseSize(WholeSystem system)
    {
        await using var connection = await system.Database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<double>("SELECT pg_database_size(current_database())::float8");
    }

    private sealed record KeptLevel(int Kept, IReadOnlyList<Throughput> Passes, ServerWork Work, Latencies Single, IReadOnlyList<double> Questions, ProcessorTimes AtRest)
    {
        public double Cost => Statistics.Median(Passes.Select(pass => pass.MicrosecondsInAll));
    }
}
