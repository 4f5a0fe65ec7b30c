using Dapper;
using Npgsql;
using ProfileStoreStandIn.KeepingEvents;
using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>
/// A backlog travels in shared requests; the profile store takes its time before and after it stores. The sender is killed at random moments in between, and once
/// when it surely has not been answered: what it had under way may have arrived, and nobody wrote so.
/// </summary>
public sealed class When_the_sender_is_killed_in_the_middle_of_its_requests
{
    private const int Orders = 400, Kills = 3;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_order_arrives_and_only_what_is_counted_arrives_twice()
    {
        var seed = Environment.GetEnvironmentVariable("TEST_SEED") is { Length: > 0 } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : Guid.NewGuid().GetHashCode();
        TestContext.Current.TestOutputHelper!.WriteLine($"TEST_SEED={seed}");
        var random = new Random(seed);
        await using var system = await InStoreSystem.Prepare(SystemSettings.ForTests with
        {
            Extra = [.. SystemSettings.ForTests.Extra, ("ProfileStoreSender", "ProfileStore__BatchSize", "20"), ("ProfileStoreSender", "ProfileStore__Timeout", "00:00:01.5")],
        });
        ServiceProcess[] others = [system.OrderIngest, system.CustomerResolution, system.OrderJourney];
        foreach (var service in others)
            service.Start();
        await Task.WhenAll(others.Select(service => service.WhenReady()));
        // Nobody sends yet: they gather in the sender's queue.
        var accepted = new System.Collections.Concurrent.ConcurrentDictionary<Guid, bool>();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Orders), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Stop },
            async (number, token) => accepted[await system.Post($"{number}", token)] = true);

        var moment = TimeSpan.FromMilliseconds(100);
        for (var kill = 1; kill <= Kills; kill++)
        {
            // The last time nothing is answered: what is stored then is stored twice in the end, whatever chance has made of the other moments.
            await system.ProfileStore.Misbehave(new() { Delay = moment, AnswerAfter = kill == Kills ? TimeSpan.FromSeconds(30) : moment });
            var before = (await system.ProfileStore.Summary()).Stored;
            system.ProfileStoreSender.Start();
            await Until(system, summary => summary.Stored > before);
            if (kill < Kills)
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 250)), TimeProvider.System, Stop);
            await system.ProfileStoreSender.Kill();
        }
        await system.ProfileStore.Behave();
        var atLastKill = await system.ProfileStore.Summary();
        system.ProfileStoreSender.Start();

        // By key: every order is tracked; what the profile store has more often, the ledger counts that often.
        await TheLaw.Holds(system, [.. accepted.Keys], TimeSpan.FromMinutes(2));
        var times = await system.ProfileStore.Times();
        var ledger = await Ledger(system);
        Assert.Equal(accepted.Keys.ToHashSet(), ledger.Select(row => row.OrderId).ToHashSet());
        Assert.All(ledger, row => Assert.Equal("accepted", row.State));
        Assert.All(ledger, row => Assert.InRange(times[row.TrackId], 1, 1 + row.Uncertain));
        Assert.Equal(Orders, times.Count);
        var (doubled, uncertain) = (times.Values.Sum(count => count - 1), ledger.Sum(row => row.Uncertain));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Kills} kills in {Orders} orders, {atLastKill.Stored} stored by the last of them: {uncertain} counted as uncertain, {doubled} of them twice at the profile store");
        // Else nothing was tried: requests were under way at each kill.
        Assert.InRange(uncertain, 1, Orders * Kills);
        Assert.InRange(doubled, 1, uncertain);
        Assert.InRange(atLastKill.Stored, 1, Orders - 1 + uncertain);
    }

    private static Task<StandInSummary> Until(InStoreSystem system, Func<StandInSummary, bool> wanted) =>
        Eventually.Becomes(() => system.ProfileStore.Summary(), wanted, TimeSpan.FromMinutes(2), "What the profile store has");

    private static async Task<IReadOnlyList<Row>> Ledger(InStoreSystem system)
    {
        await using var database = new NpgsqlConnection(system.Database.ConnectionString);
        return [.. await database.QueryAsync<Row>("SELECT order_id AS OrderId, state AS State, track_id::uuid AS TrackId, uncertain AS Uncertain FROM profile_store_sender.deliveries")];
    }

    private sealed record Row(Guid OrderId, string State, Guid TrackId, int Uncertain);
}
