using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Dapper;
using Npgsql;
using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>
/// The previous version works; orders come in all the time. Each service is replaced by the present one, two instances beside each other during its turn, and the schema is upgraded while
/// the old instance works on it. Then one stateless and one stateful service step back.
/// </summary>
public sealed class When_a_new_version_is_deployed
{
    private const int OrdersPerSecond = 20;

    /// <summary>The inconvenient way round: whoever writes messages is new before those who read them.</summary>
    private static readonly string[] Turns = ["OrderIngest", "CustomerResolution", "OrderJourney", "ProfileStoreSender", "EmailMarketing"];

    [Fact]
    public async Task Every_order_takes_effect_once_all_the_way_there_and_a_step_back()
    {
        var built = await Script.Run(TimeSpan.FromMinutes(5), "deploy/local/build-previous.sh");
        Assert.True(built.ExitCode == 0, built.Output);
        var previous = built.Lines[^1];
        string Old(string service) => Path.Combine(previous, $"{service}.dll");

        await using var deployment = await RollingDeployment.Prepare(previous);
        var system = deployment.System;
        var (steps, watch) = (new List<string>(), Stopwatch.StartNew());
        await system.Start();
        Took("start");
        var accepted = new ConcurrentDictionary<Guid, bool>();
        using var closing = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var selling = Parallel.ForEachAsync(Receipts(closing.Token), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (receipt, _) =>
            accepted[await system.Post($"{receipt}", TestContext.Current.CancellationToken)] = true);

        try
        {
            foreach (var service in Turns)
            {
                await deployment.Replace(service, ServiceProcess.Program(service));
                Took(service);
            }
            await deployment.OrdersPass();
            await deployment.Replace("CustomerResolution", Old("CustomerResolution"));
            Took("CustomerResolution back");
            await StepBackInAnOutage(deployment, Old("ProfileStoreSender"));
            Took("ProfileStoreSender back");
        }
        finally
        {
            await closing.CancelAsync();
        }
        await selling;

        await TheLaw.Holds(system, [.. accepted.Keys], TimeSpan.FromMinutes(1));
        // Every reply that was lost was lost with its event: whatever was sent again arrived once.
        Assert.All(await system.ProfileStore.Times(), stored => Assert.Equal(1, stored.Value));
        await Eventually.Becomes(async () => (await Contacts(system)).Count, contacts => contacts >= accepted.Count, what: "Contacts");
        Assert.Equal(accepted.Keys.ToHashSet(), await Contacts(system));
        Took("the law");
        Assert.DoesNotContain(await system.Broker.Queues(), queue => queue.Key.EndsWith("_skipped", StringComparison.Ordinal) && queue.Value.Messages > 0);
        TestContext.Current.TestOutputHelper!.WriteLine($"{accepted.Count:N0} orders during the deployment of {Turns.Length} services and two steps back, each tracked once ({string.Join(", ", steps)})");

        void Took(string step)
        {
            steps.Add($"{step} {watch.Elapsed.TotalSeconds:0.0} s");
            watch.Restart();
        }
    }

    /// <summary>The new sender dies while replies are lost: what it left may have arrived, and the old one goes on with it.</summary>
    private static async Task StepBackInAnOutage(RollingDeployment deployment, string program)
    {
        var system = deployment.System;
        await system.ProfileStore.Misbehave(new() { DropBeforeStoring = true });
        await using var database = new NpgsqlConnection(system.Database.ConnectionString);
        // Only the new version writes when it sent.
        await Eventually.Becomes(
            () => database.ExecuteScalarAsync<long>("SELECT count(*) FROM profile_store_sender.deliveries WHERE state <> 'accepted' AND may_have_arrived AND claimed_by IS NULL AND sent_at IS NOT NULL"),
            lost => lost > 0, TimeSpan.FromSeconds(30), "Lost replies of the new version");
        await deployment.Running("ProfileStoreSender").Kill();
        await system.ProfileStore.Behave();
        await deployment.PutBeside("ProfileStoreSender", program);
    }

    private static async Task<IReadOnlySet<Guid>> Contacts(InStoreSystem system)
    {
        await using var database = new NpgsqlConnection(system.Database.ConnectionString);
        // Each order has a card of its own, so each is its customer's last purchase.
        return (await database.QueryAsync<Guid>("SELECT order_id FROM email_marketing.contacts")).ToHashSet();
    }

    private static async IAsyncEnumerable<int> Receipts([EnumeratorCancellation] CancellationToken closing)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / OrdersPerSecond));
        for (var receipt = 1; !closing.IsCancellationRequested; receipt++)
        {
            yield return receipt;
            try
            {
                await ticks.WaitForNextTickAsync(closing);
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
        }
    }
}
