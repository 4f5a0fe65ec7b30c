using FaultLab.StartingServers;
using FaultLab.UsingTheBroker;
using RunningSystem;
using LoyaltyFault = LoyaltyProviderStandIn.Fault;
using StoreFault = ProfileStoreStandIn.Misbehaving.Fault;

namespace FaultLab.RaisingStorms;

/// <summary>Does the damage and takes it away again.</summary>
internal sealed class Faults(InStoreSystem system, LabServers servers, BrokerControl broker, SmallFileSystem? journal)
{
    private const int FewestHits = 5;

    private static readonly TimeSpan LongestExtension = TimeSpan.FromSeconds(15);

    /// <summary>Returns when the fault is over, with what came of it; null when it could not be done here.</summary>
    public async Task<string?> Play(PlannedFault fault, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.KillService:
                await Service(fault).Kill();
                await Last(fault, cancellationToken);
                Service(fault).Start();
                await Service(fault).WhenLive();
                return "live again";
            case FaultKind.PauseService:
                await Service(fault).Pause();
                await LastAnd(fault, Service(fault).Continue, cancellationToken);
                return "goes on";
            case FaultKind.StopBroker:
                await servers.RabbitMq.StopApplication();
                await LastAnd(fault, servers.RabbitMq.StartApplication, cancellationToken);
                return "up again";
            case FaultKind.KillBroker:
                await servers.RabbitMq.Kill();
                await LastAnd(fault, servers.RabbitMq.Start, cancellationToken);
                return "up again";
            case FaultKind.StopDatabase:
                await servers.Postgres.Stop(fault.Target);
                await LastAnd(fault, servers.Postgres.Start, cancellationToken);
                return "up again";
            case FaultKind.CloseConnections:
                return $"{await broker.CloseConnections()} connections closed";
            case FaultKind.EndSessions:
                return $"{await servers.Postgres.EndSessions()} sessions ended";
            case FaultKind.ProfileStore:
                var (storeBefore, storeHits) = ((await system.ProfileStore.Summary()).Requests, 0L);
                await system.ProfileStore.Misbehave(StoreFaultOf(fault.Target));
                await LastAnd(fault, system.ProfileStore.Behave, cancellationToken, async () => (storeHits = (await system.ProfileStore.Summary()).Requests - storeBefore) >= FewestHits);
                return $"{storeHits} requests hit";
            case FaultKind.LoyaltyProvider:
                var (loyaltyBefore, loyaltyHits) = ((await system.Loyalty.Requests(1)).Count, 0L);
                await system.Loyalty.PutFault(LoyaltyFaultOf(fault.Target));
                await LastAnd(fault, system.Loyalty.ClearFaults, cancellationToken, async () => (loyaltyHits = (await system.Loyalty.Requests(1)).Count - loyaltyBefore) >= FewestHits);
                return $"{loyaltyHits} requests hit";
            case FaultKind.CopyMessages:
                return $"{await CopyMessages()} copies published";
            case FaultKind.DeleteQueue:
                await system.Broker.DeleteQueue(fault.Target);
                return "deleted";
            case FaultKind.DeleteBinding:
                await broker.Unbind(fault.Target.Split('>')[0], fault.Target.Split('>')[1]);
                return "deleted";
            case FaultKind.FillJournal when journal is null:
                return null;
            case FaultKind.FillJournal:
                var filled = journal.Fill();
                await LastAnd(fault, () =>
                {
                    journal.Free();
                    return Task.CompletedTask;
                }, cancellationToken);
                return $"{filled / 1024} KiB of ballast, freed";
            default:
                throw new InvalidOperationException($"no such fault: {fault.Kind}");
        }
    }

    private static Task Last(PlannedFault fault, CancellationToken cancellationToken) => Task.Delay(fault.For, TimeProvider.System, cancellationToken);

    /// <param name="fault">Lasts as long as planned.</param>
    /// <param name="end">Takes it away, whatever happens.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <param name="hasHit">A fault that hits nobody proves nothing: when another fault keeps everybody away, it lasts longer, within a bound.</param>
    private static async Task LastAnd(PlannedFault fault, Func<Task> end, CancellationToken cancellationToken, Func<Task<bool>>? hasHit = null)
    {
        try
        {
            await Last(fault, cancellationToken);
            using var patience = new CancellationTokenSource(LongestExtension);
            while (hasHit is not null && !await hasHit() && !patience.IsCancellationRequested)
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }
        finally
        {
            await end();
        }
    }

    private ServiceProcess Service(PlannedFault fault) => system.All.Single(service => service.Name == fault.Target);

    // Each longer or shorter than the senders' time-outs, as its name says.
    private static StoreFault StoreFaultOf(string how) => how switch
    {
        "429" => new() { Status = 429, RetryAfter = 2 },
        "500" => new() { Status = 500 },
        "slow" => new() { Delay = TimeSpan.FromSeconds(4) },
        "drop after storing" => new() { DropAfterStoring = true },
        "drop before storing" => new() { DropBeforeStoring = true },
        _ => throw new InvalidOperationException($"no such fault: {how}"),
    };

    private static LoyaltyFault LoyaltyFaultOf(string how) => how switch
    {
        "429" => new() { Status = 429, RetryAfter = 2 },
        "500" => new() { Status = 500 },
        "slow" => new() { Delay = TimeSpan.FromSeconds(4) },
        "drop" => new() { Drop = true },
        _ => throw new InvalidOperationException($"no such fault: {how}"),
    };

    private async Task<int> CopyMessages()
    {
        var messages = await broker.Read(BrokerControl.Tap, 200, take: true);
        foreach (var message in messages.Reverse().SelectMany(message => new[] { message, message }))
            await broker.PublishAgain(message);
        return 2 * messages.Count;
    }
}
