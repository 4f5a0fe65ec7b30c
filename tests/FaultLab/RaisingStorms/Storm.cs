using System.Collections.Concurrent;
using FaultLab.OfferingOrders;
using RunningSystem;

namespace FaultLab.RaisingStorms;

/// <summary>Faults by schedule, one after another or overlapping, while orders come in.</summary>
internal sealed class Storm(InStoreSystem system, Faults faults, Func<int> accepted, Account account)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _victims = new();
    private readonly ConcurrentBag<string> _collapses = [];
    private readonly long _began = TimeProvider.System.GetTimestamp();

    /// <summary>Services that ended although nobody had killed them.</summary>
    public IReadOnlyCollection<string> Collapses => _collapses;

    /// <summary>Short deadlines: what heals by them heals within minutes.</summary>
    public static SystemSettings Settings { get; } = SystemSettings.ForTests with
    {
        Extra =
        [
            .. SystemSettings.ForTests.Extra,
            ("OrderJourney", "Journey__FirstRecheck", "00:00:02"), ("OrderJourney", "Journey__LongestOutageRecheck", "00:00:05"), ("OrderJourney", "Journey__LongestRecheck", "00:00:20"),
            ("ProfileStoreSender", "ProfileStore__HoldFor", "00:00:05"), ("CustomerResolution", "Loyalty__CacheFor", "00:00:05"), ("CustomerResolution", "Loyalty__CacheMissFor", "00:00:05"),
            ("OrderIngest", "OrderIngest__InboxPollInterval", "00:00:00.5"), ("OrderIngest", "OrderIngest__InboxQuietTime", "00:00:01"), ("OrderIngest", "OrderIngest__InboxLease", "00:00:03"),
        ],
        WatchInbox = true,
        Loyalty = new(),
        ProfileStore = new() { KeepEvents = 10 },
    };

    /// <summary>Puts members where sales will look for them.</summary>
    public static Task Enrol(InStoreSystem system) => system.Loyalty.PutMembers(
    [
        .. Enumerable.Range(0, Sale.Members).Select(number => Member(Sale.MembersCard(number), $"member-{number}", "active")),
        .. Enumerable.Range(0, Sale.BlockedMembers).Select(number => Member(Sale.BlockedCard(number), $"blocked-{number}", "blocked")),
    ]);

    /// <summary>Starts the services one by one in an order of the seed; orders are offered already.</summary>
    public async Task StartServices(int seed)
    {
        ServiceProcess[] services = [.. system.All];
        new Random(seed).Shuffle(services);
        account.Line($"    services start in the order {string.Join(", ", services.Select(service => service.Name))}");
        foreach (var service in services)
        {
            service.Start();
            await service.WhenLive();
        }
        await Task.WhenAll(services.Select(service => service.WhenReady()));
    }

    /// <summary>Returns when the last fault is over.</summary>
    public async Task Rage(IReadOnlyList<PlannedFault> schedule, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = Watch(over.Token);
        var start = Now;
        var played = new List<Task>();
        foreach (var fault in schedule)
        {
            if (start + fault.At - Now is { Ticks: > 0 } wait)
                await Task.Delay(wait, TimeProvider.System, cancellationToken);
            played.Add(Play(fault, start, cancellationToken));
        }
        await Task.WhenAll(played);
        await over.CancelAsync();
        await watch;
    }

    private TimeSpan Now => TimeProvider.System.GetElapsedTime(_began);

    private async Task Play(PlannedFault fault, TimeSpan start, CancellationToken cancellationToken)
    {
        var victim = VictimOf(fault.Victim);
        await victim.WaitAsync(cancellationToken);
        try
        {
            var (begun, before) = (Now - start, accepted());
            var what = await faults.Play(fault, cancellationToken);
            account.Line($"    {begun.TotalSeconds,6:0.0} - {(Now - start).TotalSeconds,6:0.0} s  {fault.Kind,-16} {fault.Target,-36} {what ?? "NOT DONE"}; {accepted() - before} orders accepted meanwhile");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            account.NotProven($"fault {fault.Kind} {fault.Target} went wrong itself: {exception.Message}");
        }
        finally
        {
            victim.Release();
        }
    }

    /// <summary>Nobody but the schedule ends a service.</summary>
    private async Task Watch(CancellationToken over)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await ticks.WaitForNextTickAsync(over))
            {
                foreach (var service in system.All.Where(service => !service.IsRunning))
                {
                    if (!await VictimOf(service.Name).WaitAsync(0, over))
                        continue;
                    if (!service.IsRunning)
                    {
                        _collapses.Add($"{service.Name} ended by itself at {Now.TotalSeconds:0} s: {service.Tail()}");
                        service.Start();
                    }
                    VictimOf(service.Name).Release();
                }
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The storm is over.
        }
    }

    private SemaphoreSlim VictimOf(string name) => _victims.GetOrAdd(name, _ => new(1, 1));

    private static LoyaltyProviderStandIn.Member Member(string card, string name, string status) => new() { Card = card, CustomerId = name, Email = $"{name}@loyalty.example", Name = name, Status = status };
}
