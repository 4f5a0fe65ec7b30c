using FaultLab.OfferingOrders;
using FaultLab.Reconciling;
using FaultLab.StartingServers;
using FaultLab.UsingTheBroker;
using RunningSystem;

namespace FaultLab.RaisingStorms;

/// <summary>The storm from an empty broker to the account of what became of every order.</summary>
internal sealed class StormPlayer(LabServers servers, Account account, LabSettings settings)
{
    public async Task Play(TimeSpan length, CancellationToken cancellationToken)
    {
        var schedule = Schedule.Of(settings.Seed, length);
        account.Line($"storm of {length.TotalSeconds:0} s by seed {settings.Seed}, {settings.Rate} orders/s, planned:");
        foreach (var fault in schedule)
            account.Line($"    {fault}");
        foreach (var missing in Enum.GetValues<FaultKind>().Except(schedule.Select(fault => fault.Kind)))
            account.Line($"    too short for {missing}");

        // Room for every order of the storm several times over: it is full when the ballast says so, and at no other time.
        var (fileSystem, refused) = await SmallFileSystem.Mount(Path.Combine(servers.Folder, "journal"), 64 + (int)(settings.Rate * length.TotalSeconds / 50));
        if (refused is not null)
            account.Line($"    NOT DONE: a small file system under the journal, as mounting was refused here: {refused}");
        try
        {
            await using var system = await InStoreSystem.Prepare(Storm.Settings with { Servers = servers.Addresses });
            try
            {
                await Play(schedule, system, fileSystem, cancellationToken);
            }
            finally
            {
                system.CopyLogs(settings.Logs, "storm");
            }
        }
        finally
        {
            if (fileSystem is not null)
            {
                // The tablespace lies on it.
                await servers.Postgres.Stop("INT");
                await fileSystem.DisposeAsync();
            }
        }
    }

    private async Task Play(IReadOnlyList<PlannedFault> schedule, InStoreSystem system, SmallFileSystem? fileSystem, CancellationToken cancellationToken)
    {
        using var broker = new BrokerControl(system.Broker);
        using var stopOffering = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Storm.Enrol(system);
        var load = new OrderLoad(system, broker, settings.Seed, settings.Rate);
        var offering = load.Run(stopOffering.Token, abort.Token);
        try
        {
            var storm = new Storm(system, new(system, servers, broker, fileSystem), () => load.Accepted.Count, account);
            await storm.StartServices(settings.Seed);
            await broker.TapInto("orders", "customers-resolved", "customer-resolutions-failed", "orders-tracked");
            if (fileSystem is not null)
                await servers.Postgres.MoveJournal(system.Database.Name, fileSystem.Folder);
            account.Line("    as it happened:");
            await storm.Rage(schedule, cancellationToken);
            await stopOffering.CancelAsync();

            await new StormReconciliation(system, broker, load, account).Close(offering, storm.Collapses, cancellationToken);
        }
        finally
        {
            await abort.CancelAsync();
            await offering.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
