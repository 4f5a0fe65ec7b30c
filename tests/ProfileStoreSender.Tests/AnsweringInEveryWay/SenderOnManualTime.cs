using Contracts.ProfileStoreSender;
using MassTransit;
using MessageExamples;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProfileStoreSender.KeepingTheLedger;
using ProfileStoreSender.ReportingOutcomes;
using ProfileStoreSender.SendingEvents;
using ProfileStoreSender.SendingToOdp;
using ProfileStoreSender.TrackingInProfileStore;
using ServiceDefaults;

namespace ProfileStoreSender.Tests.AnsweringInEveryWay;

/// <summary>The service as it is, without a bus, on a clock that moves only when told; both destinations are one that answers in every way.</summary>
public sealed class SenderOnManualTime : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ManualTime _time = new();
    private LedgerDatabase _database = null!;
    private WebApplication _app = null!;

    public RawDestination Destination { get; } = new();

    private Ledger Ledger => _app.Services.GetRequiredService<Ledger>();

    public async ValueTask InitializeAsync()
    {
        _database = await LedgerDatabase.Create("Sqlite");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Access:AllowAnonymous"] = "true",
            ["Database:ConnectionString"] = _database.ConnectionString,
            ["ProfileStore:BaseAddress"] = Destination.Address.ToString(),
            ["ProfileStore:SubscriptionKey"] = "k",
            ["ProfileStore:Timeout"] = $"{Timeout:c}",
            ["ProfileStore:HoldFor"] = "00:20:00",
            ["Odp:Enabled"] = "true",
            ["Odp:BaseAddress"] = Destination.Address.ToString(),
            ["Odp:ApiKey"] = "k",
            ["Odp:Timeout"] = $"{Timeout:c}",
            ["Odp:HoldFor"] = "00:20:00",
        });
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddServiceDefaults("ProfileStoreSender");
        builder.AddProfileStoreSender();
        builder.Services.AddMassTransit(bus => bus.UsingInMemory());
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        await _app.StartAsync();
        await Ledger.Summarize(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Destination.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Sends some orders in one request, which meets with the answer once; everything after it is accepted.</summary>
    internal Task<WhatCameOfIt> Meet(string destination, int orders, AnswerToGive answer) =>
        destination == Destinations.ProfileStore ? Meet<ProfileStoreDestination>(orders, answer) : Meet<OdpDestination>(orders, answer);

    private async Task<WhatCameOfIt> Meet<TDestination>(int orders, AnswerToGive answer)
        where TDestination : class, IDestination
    {
        // A sender of its own: what one answer says about pace and outages must not slow the next.
        await using var sender = ActivatorUtilities.CreateInstance<OrderSender<TDestination>>(_app.Services);
        if (answer.Give is null)
            return await MeetNobody(sender, orders);
        // All requests but one are kept under way, so that the orders gather; the one that is let go takes all of them along.
        var (others, one) = (new TaskCompletionSource(), new TaskCompletionSource());
        var plugs = new List<Task<TrackingOutcome>>();
        for (var i = 0; i < SharedRequests.RequestsAtOnce; i++)
        {
            var (released, before) = (i == 0 ? one : others, Destination.Requests);
            Destination.Next(async request =>
            {
                await request.ReadBody();
                await released.Task;
                await request.Write(RawDestination.Accepts);
                return true;
            });
            plugs.Add(sender.Send(Request(Guid.NewGuid()), TestContext.Current.CancellationToken));
            await Real(() => Destination.Requests == before + 1);
        }
        var ids = Enumerable.Range(0, orders).Select(_ => Guid.NewGuid()).ToList();
        var outcomes = ids.Select(id => sender.Send(Request(id), TestContext.Current.CancellationToken)).ToList();
        var met = new TaskCompletionSource();
        var requests = Destination.Requests;
        Destination.Next(async request =>
        {
            met.SetResult();
            // The clock must not run for those that are kept.
            await others.Task;
            return await answer.Give(request);
        });
        one.SetResult();
        await met.Task.WaitAsync(TimeSpan.FromSeconds(30));
        others.SetResult();
        await Task.WhenAll(plugs).WaitAsync(TimeSpan.FromSeconds(30));
        if (answer.TakesTooLong)
        {
            await Real(() => Destination.Requests == requests + 1);
            _time.Advance(Timeout);
        }
        var rows = await Rows<TDestination>(ids, rows => rows.All(row => row.State != DeliveryState.Sending));
        return new(Same(rows), Same(await InTheEnd(sender, ids, outcomes)), Destination.Requests - requests);
    }

    private async Task<WhatCameOfIt> MeetNobody<TDestination>(OrderSender<TDestination> sender, int orders)
        where TDestination : class, IDestination
    {
        await Destination.Close();
        var ids = Enumerable.Range(0, orders).Select(_ => Guid.NewGuid()).ToList();
        var requests = Destination.Requests;
        var outcomes = ids.Select(id => sender.Send(Request(id), TestContext.Current.CancellationToken)).ToList();
        var rows = await Rows<TDestination>(ids, rows => rows.All(row => row.State != DeliveryState.Sending));
        Destination.Open();
        return new(Same(rows), Same(await InTheEnd(sender, ids, outcomes)), Destination.Requests - requests);
    }

    private async Task<IReadOnlyList<LedgerEntry>> InTheEnd<TDestination>(OrderSender<TDestination> sender, IReadOnlyList<Guid> ids, IReadOnlyList<Task<TrackingOutcome>> outcomes)
        where TDestination : class, IDestination
    {
        // While a request is under way the clock stands still: a slow machine is no time-out.
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (outcomes.Any(outcome => !outcome.IsCompleted))
        {
            if ((await Rows<TDestination>(ids, _ => true)).All(row => row.State != DeliveryState.Sending))
                _time.Advance(TimeSpan.FromSeconds(0.5));
            await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
        await Task.WhenAll(outcomes);
        Assert.NotEqual(GateState.KeyRefused, sender.Gate.Report().State);
        return await Rows<TDestination>(ids, _ => true);
    }

    private Task<IReadOnlyList<LedgerEntry>> Rows<TDestination>(IReadOnlyList<Guid> ids, Func<IReadOnlyList<LedgerEntry>, bool> wanted)
        where TDestination : class, IDestination => RealServers.Eventually.Becomes(async () =>
    {
        var rows = await Task.WhenAll(ids.Select(id => Ledger.Find(id, TDestination.Name, TestContext.Current.CancellationToken)));
        return (IReadOnlyList<LedgerEntry>)[.. rows.OfType<LedgerEntry>()];
    }, rows => rows.Count == ids.Count && wanted(rows), what: "The ledger");

    private static LedgerEntry Same(IReadOnlyList<LedgerEntry> rows)
    {
        Assert.Single(rows.Select(row => (row.State, row.Attempts, row.Uncertain, row.StatusCode, row.MayHaveArrived)).Distinct());
        return rows[0];
    }

    private static TrackingRequest Request(Guid order) => new(order, An.Order(), An.Customer(), TryRefusedAgain: false);

    private static Task Real(Func<bool> condition) => RealServers.Eventually.Holds(() => Task.FromResult(condition()));
}

/// <summary>What came of an answer.</summary>
/// <param name="First">The row after it.</param>
/// <param name="Last">The row once everything was accepted or refused.</param>
/// <param name="Requests">Requests that were seen, the first included.</param>
internal sealed record WhatCameOfIt(LedgerEntry First, LedgerEntry Last, int Requests);
