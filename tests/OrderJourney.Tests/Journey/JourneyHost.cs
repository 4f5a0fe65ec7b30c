using MassTransit;
using MassTransit.Testing;
using MessageExamples;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;
using OrderJourney.SweepingDeadlines;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.Tests.Journey;

/// <summary>The real service in memory: its own registrations and routes, with the transport exchanged, a clock that a test moves, and SQLite.</summary>
public sealed class JourneyHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private JourneyHost(WebApplication app, DirectoryInfo folder, ManualTime time) => (_app, _folder, Time) = (app, folder, time);

    public ManualTime Time { get; }

    public ITestHarness Harness => _app.Services.GetRequiredService<ITestHarness>();

    public HttpClient Http => new() { BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };

    public IServiceProvider Services => _app.Services;

    internal JourneyStore Store => _app.Services.GetRequiredService<JourneyStore>();

    public static async Task<JourneyHost> Start(params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("journeys");
        var time = new ManualTime();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration["Database:ConnectionString"] = $"Data Source={Path.Combine(folder.FullName, "{service}.db")};Pooling=false";
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        builder.AddServiceDefaults(OrderJourneyService.Name);
        builder.AddOrderJourney();
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
        // The sweeper is driven by the test.
        builder.Services.Remove(builder.Services.Last(service => service.ImplementationFactory?.Method.ReturnType == typeof(DeadlineSweeper)));
        builder.Services.AddMassTransitTestHarness(bus =>
        {
            Subscriptions.Add(bus);
            bus.AddHandler((ConsumeContext<Contracts.CustomerResolution.ResolveCustomer> _) => Task.CompletedTask).Endpoint(e => e.Name = "customer-resolution");
            bus.AddHandler((ConsumeContext<Contracts.ProfileStoreSender.TrackOrder> _) => Task.CompletedTask).Endpoint(e => e.Name = "profile-store-sender");
            bus.UsingInMemory((context, memory) =>
            {
                memory.UseDeclaredTopology();
                memory.ConfigureEndpoints(context);
            });
        });
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapOrderJourney();
        await app.StartAsync();
        var host = new JourneyHost(app, folder, time);
        await app.Services.GetRequiredKeyedService<ServiceDatabase>(OrderJourneyService.Name).WhenReady(CancellationToken.None);
        return host;
    }

    /// <summary>Publishes and waits until the saga has dealt with it.</summary>
    public async Task Publish<T>(T message)
        where T : class
    {
        var id = NewId.NextGuid();
        await Harness.Bus.Publish(message, context => context.MessageId = id);
        await RealServers.Eventually.Holds(
            () => Task.FromResult(Harness.Consumed.Select<T>().Any(received => received.Context.MessageId == id)), what: $"Consumption of {typeof(T).Name}");
    }

    internal async Task<OrderJourneySaga> Journey(Guid id) =>
        await Store.Load(id, CancellationToken.None) ?? throw new InvalidOperationException("There is no such journey");

    /// <summary>Moves the clock and sweeps; waits until the saga has dealt with what was overdue.</summary>
    public async Task<int> LetPass(TimeSpan time)
    {
        Time.Advance(time);
        var before = Harness.Consumed.Select<JourneyOverdue>().Count();
        var overdue = await _app.Services.GetRequiredService<DeadlineSweeper>().Sweep(CancellationToken.None);
        await RealServers.Eventually.Holds(() => Task.FromResult(Harness.Consumed.Select<JourneyOverdue>().Count() >= before + overdue));
        return overdue;
    }

    /// <summary>What was asked of CustomerResolution for this order, in turn.</summary>
    public IReadOnlyList<Contracts.CustomerResolution.ResolveCustomer> AskedFor(Guid id) =>
        [.. Harness.Sent.Select<Contracts.CustomerResolution.ResolveCustomer>().Select(sent => sent.Context.Message).Where(command => command.OrderId == id)];

    /// <summary>Waits until so much was asked of CustomerResolution for this order.</summary>
    public Task<IReadOnlyList<Contracts.CustomerResolution.ResolveCustomer>> AskedFor(Guid id, int times) =>
        RealServers.Eventually.Becomes(() => Task.FromResult(AskedFor(id)), asked => asked.Count >= times, what: "What was asked");

    public int Sent<T>()
        where T : class => Harness.Sent.Select<T>().Count();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
