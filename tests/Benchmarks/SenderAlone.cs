using System.Diagnostics;
using Benchmarks.Reporting;
using Dapper;
using RealServers;

namespace Benchmarks;

/// <summary>ProfileStoreSender alone: orders that wait in its queue, to a destination 20 ms away; in full requests and, for comparison, an event per request.</summary>
internal sealed class SenderAlone : IPart
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    public string Name => "sender";

    public async Task Measure(Scale scale, Report report, CancellationToken cancellationToken)
    {
        var table = new MarkdownTable("events per request, at most", "Bus:Prefetch", "ProfileStore:GatherFor, ms", "orders", "orders/s", "requests", "events per request", "µs CPU/order, sender", "µs CPU/order, PostgreSQL", "µs CPU/order, RabbitMQ");
        var together = await Drain(100, 100, 0, scale, scale.Orders, report, table, cancellationToken);
        var more = await Drain(100, 500, 0, scale, scale.Orders, report, table, cancellationToken);
        var full = await Drain(100, 500, 50, scale, scale.Orders, report, table, cancellationToken);
        // An event per request takes many times as long: fewer of them say as much.
        var alone = await Drain(1, 100, 0, scale, Math.Max(scale.Orders / 10, 100), report, table, cancellationToken);
        report.Section("ProfileStoreSender alone, a destination 20 ms away");
        report.Show(table);
        report.Say($"""
            - Median of {scale.Rounds} passes each, after {scale.WarmUp} orders of warm-up. Shared requests bring {together / alone:0.0} times as many orders per second, {more / alone:0.0} times with a prefetch of 500, and {full / alone:0.0} times where
              requests also wait to be full.
            - A request holds what waits while the ones before are under way: of 100 messages in hand, four requests get 25 each. More in hand makes fuller requests, and a broken connection to the broker is noticed
              later (docs/settings.md, `Bus:Prefetch`). `GatherFor` makes them fuller still, for a destination that counts requests; a lone order waits as long.
            - The orders wait in the sender's queue when it begins (it is stopped while they are published); the pass ends when the destination has the last of them. Each is claimed in the ledger,
              sent, recorded, and its outcome published with a confirm.
            """);
    }

    private static async Task<double> Drain(int batch, int prefetch, int gather, Scale scale, int orders, Report report, MarkdownTable table, CancellationToken cancellationToken)
    {
        var run = $"sender, up to {batch} events per request, prefetch {prefetch}{(gather == 0 ? "" : $", gathered for {gather} ms")}";
        await using var whole = await WholeSystem.Prepare(
            ("ProfileStoreSender", "ProfileStore__BatchSize", $"{batch}"), ("ProfileStoreSender", "Bus__Prefetch", $"{prefetch}"), ("ProfileStoreSender", "ProfileStore__GatherFor", $"00:00:00.{gather:000}"));
        var sender = whole.Processes.ProfileStoreSender;
        sender.Start();
        await sender.WhenReady();
        await using var till = await EventPublisher.Start(whole.Processes.Broker);
        await whole.Processes.ProfileStore.Misbehave(new() { Delay = Latency });
        var warmUp = batch == 1 ? Math.Min(scale.WarmUp, orders) : scale.WarmUp;
        Report.Progress($"{run}: warming up with {warmUp} orders");
        await Pass(whole, till, warmUp, cancellationToken);
        var passes = new List<(Throughput Throughput, long Requests)>();
        for (var round = 0; round < scale.Rounds; round++)
        {
            passes.Add(await Pass(whole, till, orders, cancellationToken));
            Report.Progress($"{run}: {passes[^1].Throughput.Rate:0} orders/s");
        }
        await Check(run, whole, warmUp + scale.Rounds * orders, report);
        var (median, requests) = passes.OrderBy(pass => pass.Throughput.Rate).ElementAt(passes.Count / 2);
        table.Row(batch, prefetch, gather, orders, median.Rate, requests, (double)orders / requests,
            median.Microseconds(sender.Name), median.Microseconds(ProcessorTimes.PostgreSql), median.Microseconds(ProcessorTimes.RabbitMq));
        return median.Rate;
    }

    private static async Task<(Throughput Throughput, long Requests)> Pass(WholeSystem whole, EventPublisher till, int orders, CancellationToken cancellationToken)
    {
        var (sender, store) = (whole.Processes.ProfileStoreSender, whole.Processes.ProfileStore);
        var before = await store.Summary();
        await sender.Pause();
        await till.CustomersResolved(orders, cancellationToken);
        var processor = ProcessorTimes.Read(sender);
        var watch = Stopwatch.StartNew();
        await sender.Continue();
        await Eventually.Becomes(
            async () => (await store.Summary()).Distinct - before.Distinct, stored => stored >= orders, TimeSpan.FromMinutes(10), $"{orders} orders at the profile store");
        var took = watch.Elapsed;
        return (new(orders, took, ProcessorTimes.Read(sender) - processor), (await store.Summary()).Requests - before.Requests);
    }

    // Without journal and journeys there is no law to check: the ledger against the destination says it.
    private static async Task Check(string run, WholeSystem whole, int orders, Report report)
    {
        await using var connection = await whole.Database.OpenConnectionAsync();
        var accepted = await Eventually.Becomes(
            () => connection.ExecuteScalarAsync<int>("SELECT count(*) FROM profile_store_sender.deliveries WHERE state = 'accepted'"),
            count => count >= orders, TimeSpan.FromMinutes(1), $"{orders} accepted orders in the ledger");
        var unknown = await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM profile_store_sender.deliveries WHERE uncertain > 0");
        var stored = await whole.Processes.ProfileStore.Summary();
        report.Outcome(run, orders, accepted, orders - accepted, (int)(orders - stored.Distinct), (int)stored.DoubledCount - unknown, unknown);
    }
}
