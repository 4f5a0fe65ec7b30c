using System.Net;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using LoyaltyProviderStandIn;
using MassTransit;
using MessageExamples;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

namespace CustomerResolution.Tests;

/// <summary>The real service on the in-memory bus, with the stand-in as loyalty provider; the web shop's contacts only where a test asks for them.</summary>
public sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly OutcomeWatch _watch = new();

    private RunningService(WebApplication app, RunningStandIn provider) => (_app, Provider) = (app, provider);

    public RunningStandIn Provider { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Asks the service's own routes.</summary>
    public HttpClient Http { get; } = new();

    /// <summary>Everything the service has published so far, in that order.</summary>
    public IReadOnlyCollection<object> Published => _watch.Published;

    public static async Task<RunningService> Start(Setup? setup = null)
    {
        setup ??= new();
        var provider = await RunningStandIn.Start(setup.Provider);
        var app = Build(setup, provider);
        var service = new RunningService(app, provider);
        var bus = app.Services.GetRequiredService<IBus>();
        bus.ConnectConsumeObserver(service._watch);
        bus.ConnectPublishObserver(service._watch);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        service.Http.BaseAddress = new(address);
        return service;
    }

    /// <summary>The order's only outcome after an <see cref="OrderReceived"/>.</summary>
    public async Task<OutcomeWatch.Outcome> Received(Order order)
    {
        var id = Guid.NewGuid();
        await Publish(An.OrderReceived(id, order));
        return await _watch.OnlyOutcomeOf(id);
    }

    /// <summary>The order's only outcome after the command <see cref="ResolveCustomer"/>.</summary>
    public Task<OutcomeWatch.Outcome> AskedAgain(Order order, DateTimeOffset? notBefore = null) =>
        AskedAgain(An.ResolveCustomer(Guid.NewGuid(), order) with { NotBefore = notBefore });

    public async Task<OutcomeWatch.Outcome> AskedAgain(ResolveCustomer command)
    {
        var queue = await Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri($"queue:{Subscriptions.Queue}"));
        await queue.Send(command);
        return await _watch.OnlyOutcomeOf(command.OrderId);
    }

    /// <summary>The outcomes of many orders that arrive at once.</summary>
    public async Task<OutcomeWatch.Outcome[]> ReceivedAtOnce(IEnumerable<Order> orders)
    {
        var messages = orders.Select(order => An.OrderReceived(Guid.NewGuid(), order)).ToList();
        await Task.WhenAll(messages.Select(Publish));
        return await Task.WhenAll(messages.Select(message => _watch.OnlyOutcomeOf(message.OrderId)));
    }

    /// <summary>The outcomes of many commands <see cref="ResolveCustomer"/> that arrive at once.</summary>
    public async Task<OutcomeWatch.Outcome[]> AskedAgainAtOnce(IEnumerable<Order> orders)
    {
        var queue = await Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri($"queue:{Subscriptions.Queue}"));
        var commands = orders.Select(order => An.ResolveCustomer(Guid.NewGuid(), order)).ToList();
        await Task.WhenAll(commands.Select(command => queue.Send(command)));
        return await Task.WhenAll(commands.Select(command => _watch.OnlyOutcomeOf(command.OrderId)));
    }

    public async Task<Customer> CustomerOf(Order order) => Assert.IsType<CustomerResolved>((await Received(order)).Message).Customer;

    public async Task<CustomerResolutionFailureReason> ReasonFor(Order order) => Assert.IsType<CustomerResolutionFailed>((await Received(order)).Message).Reason;

    public async Task<HealthReportEntry> Health(string check)
    {
        var report = await Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(registration => registration.Name == check);
        return report.Entries[check];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Provider.DisposeAsync();
    }

    private Task Publish(OrderReceived message) => Services.GetRequiredService<IBus>().Publish(message);

    private static WebApplication Build(Setup setup, RunningStandIn provider)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Loyalty:BaseAddress"] = new Uri(provider.BaseAddress, setup.Dialect).AbsoluteUri,
            ["Loyalty:ApiKey"] = provider.Options.ApiKey,
            ["CustomerContacts:BaseAddress"] = setup.WithContacts ? provider.BaseAddress.AbsoluteUri : null,
            ["CustomerContacts:ApiKey"] = setup.WithContacts ? provider.Options.ContactsApiKey : null,
        });
        builder.Configuration.AddInMemoryCollection(setup.Settings);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace);
        if (setup.Logs is not null)
            builder.Logging.AddProvider(setup.Logs);
        builder.AddServiceDefaults("CustomerResolution");
        builder.AddCustomerResolution();
        builder.Services.AddMassTransitTestHarness(bus =>
        {
            Subscriptions.Add(bus);
            bus.UsingInMemory((context, memory) =>
            {
                memory.PrefetchCount = 200;
                memory.UseDeclaredTopology();
                memory.ConfigureEndpoints(context);
            });
        });
        setup.Services?.Invoke(builder.Services);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapCustomerResolution();
        return app;
    }

    /// <summary>How the service is set up for a situation.</summary>
    public sealed record Setup
    {
        public StandInOptions Provider { get; init; } = new();

        /// <summary>Which of the stand-in's dialects is the loyalty provider, as <c>antavo/</c>; empty = the plain one.</summary>
        public string Dialect { get; init; } = "";

        public bool WithContacts { get; init; }

        public ILoggerProvider? Logs { get; init; }

        public Dictionary<string, string?> Settings { get; init; } = [];

        /// <summary>What a situation puts in place of the service's own, such as another clock.</summary>
        public Action<IServiceCollection>? Services { get; init; }
    }
}
