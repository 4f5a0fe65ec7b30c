using Dapper;
using FaultLab.OfferingOrders;
using FaultLab.UsingTheBroker;
using Npgsql;
using RunningSystem;

namespace FaultLab.Reconciling;

/// <summary>Waits for quiet after a storm, compares by key what was accepted with where it is, and says so.</summary>
internal sealed class StormReconciliation(InStoreSystem system, BrokerControl broker, OrderLoad load, Account account)
{
    /// <summary>How long everything may take to heal.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500), TellEvery = TimeSpan.FromSeconds(10);

    public async Task Close(Task offering, IReadOnlyCollection<string> collapses, CancellationToken cancellationToken)
    {
        var (healed, clock) = (TimeProvider.System.GetTimestamp(), TimeProvider.System);
        // Sessions that the faults broke.
        NpgsqlConnection.ClearAllPools();
        await Task.WhenAll(system.All.Select(service => service.WhenLive()));
        await offering.WaitAsync(Patience, cancellationToken);
        var state = await Read();
        var toldAt = healed;
        while (!state.IsQuiet && clock.GetElapsedTime(healed) < Patience)
        {
            await Task.Delay(Pause, clock, cancellationToken);
            if (clock.GetElapsedTime(toldAt) > TellEvery)
            {
                account.Line($"    healing: {state}; {await broker.Describe()}");
                toldAt = clock.GetTimestamp();
            }
            state = await Read();
        }
        var recovered = clock.GetElapsedTime(healed);
        if (!state.IsQuiet)
            account.Broken("storm", "everything heals by itself", $"{state} {Patience.TotalSeconds:0} s after the last fault; {await broker.Describe()}");
        else
            await broker.WhenEmpty(TimeSpan.FromSeconds(60));
        state = await Read();
        var (deadLetters, silent) = await DeadLetters(state.States);
        var law = state.Law;

        foreach (var line in load.Summary)
            account.Line($"    {line}");
        account.Line($"    accepted {law.Accepted} = tracked {law.Tracked} + parked {law.Parked} + suppressed {law.Suppressed} + failed {law.Failed} + unfinished {law.Unfinished} + lost {law.Lost.Count}");
        account.Line($"    doubled {law.Doubled.Count}, doubled and counted as unknown {law.CountedAsUnknown}, dead letters {deadLetters}");
        account.Line(state.IsQuiet ? $"    recovered {recovered.TotalSeconds:0.0} s after the last fault" : $"    not recovered {Patience.TotalSeconds:0} s after the last fault");

        var against = Evidence.Against(law);
        if (state.Missing.Count > 0)
            account.Broken("storm", "what was accepted is in the journal", $"{state.Missing.Count} receipts are not: {string.Join(", ", state.Missing.Take(5))}");
        if (against.Count > 0)
            account.Broken("storm", "no accepted order is lost, and none takes effect twice unless that is counted", $"of {law.Accepted} accepted: {string.Join("; ", against)}");
        if (state.Misplaced.Count > 0)
            account.Broken("storm", "an order ends where its customer says", string.Join("; ", state.Misplaced.GroupBy(order => order.Where).Select(group => Evidence.Of(group.Key, [.. group.Select(order => order.OrderId)]))));
        if (silent.Count > 0)
            account.Broken("storm", "nothing lies in an error queue that is not a failed journey too", string.Join("; ", silent.GroupBy(letter => letter.Where).Select(group => Evidence.Of(group.Key, [.. group.Select(letter => letter.OrderId)]))));
        if (state.Unread.Count > 0)
            account.Broken("storm", "a file in an inbox is read to its end, and put away", $"{state.Unread.Count} files are not: {string.Join(", ", state.Unread.Take(5))}");
        if (system.Inbox.PutAway(ErpInbox.Failed) is { Count: > 0 } failed)
            account.Broken("storm", "a file without faults does not fail", $"{failed.Count} files did: {string.Join("; ", failed.Take(5).Select(WhyFailed))}");
        if (load.UnexpectedAnswers.Count > 0)
            account.Broken("storm", "an order is answered with what became of it, or with 503", $"{load.UnexpectedAnswers.Count} answers such as {load.UnexpectedAnswers.First()}");
        foreach (var collapse in collapses)
            account.Broken("storm", "a service outlives what is around it", collapse);
    }

    private async Task<Standing> Read()
    {
        await using var database = new NpgsqlConnection(system.Database.ConnectionString);
        var journal = (await database.QueryAsync<(string Receipt, Guid OrderId)>("SELECT receipt_number, order_id FROM order_ingest.orders")).ToDictionary(row => row.Receipt, row => row.OrderId);
        var law = await Law.Check(system, [.. load.Accepted.Keys.Select(receipt => journal.GetValueOrDefault(receipt)).Where(id => id != Guid.Empty)]);
        var states = (await database.QueryAsync<(Guid OrderId, string State)>("SELECT order_id, state FROM order_journey.journeys")).ToDictionary(row => row.OrderId, row => row.State);
        var misplaced = new List<(Guid, string)>();
        foreach (var (receipt, sale) in load.Accepted)
        {
            if (journal.TryGetValue(receipt, out var id) && states.TryGetValue(id, out var state) && !sale.EndsIn(state))
                misplaced.Add((id, $"orders of a buyer who is {sale.Buyer} ended in {state}"));
        }
        return new(law, states, [.. load.Accepted.Keys.Where(receipt => !journal.ContainsKey(receipt))], misplaced, system.Inbox.Waiting);
    }

    private string WhyFailed(string file) => system.Inbox.ReportOf(ErpInbox.Failed, file) is { } report
        ? $"{file} is {report.GetProperty("state")}: {(report.TryGetProperty("error", out var error) ? error.GetString() : "no reason given")}"
        : $"{file} has no report";

    private async Task<(int Count, IReadOnlyList<(Guid OrderId, string Where)> Silent)> DeadLetters(Dictionary<Guid, string> states)
    {
        var (count, silent) = (0, new List<(Guid, string)>());
        foreach (var queue in (await system.Broker.Queues()).Keys.Where(name => name.EndsWith("_error", StringComparison.Ordinal) || name.EndsWith("_skipped", StringComparison.Ordinal)))
        {
            foreach (var message in await broker.Read(queue, 1000, take: false))
            {
                count++;
                var id = BrokerControl.OrderOf(message) ?? Guid.Empty;
                if (states.GetValueOrDefault(id) is var state && state != "NeedsAttention")
                    silent.Add((id, $"messages in {queue} of orders in state {state ?? "unknown"}"));
            }
        }
        return (count, silent);
    }

    private sealed record Standing(Law Law, Dictionary<Guid, string> States, IReadOnlyList<string> Missing, IReadOnlyList<(Guid OrderId, string Where)> Misplaced, IReadOnlyList<string> Unread)
    {
        public bool IsQuiet => Law.Unfinished == 0 && Law.Lost.Count == 0 && Missing.Count == 0 && Misplaced.Count == 0 && Unread.Count == 0;

        public override string ToString() => $"{Law.Unfinished} unfinished, {Law.Lost.Count} without a journey or event, {Missing.Count} not in the journal, {Misplaced.Count} in a state that is not their last, {Unread.Count} files in the inbox";
    }
}
