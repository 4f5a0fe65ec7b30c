using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Contracts.OrderIngest;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OrderIngest.JournalingOrders;
using OrderIngest.RepairingRejectedInput;
using OrderIngest.Tests.DescribingRoutes;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderIngest.Tests;

/// <summary>The service as Program.cs composes it, on a free port, with a subscriber in the journey's place.</summary>
internal sealed class RunningIngest : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningIngest(WebApplication app, ReceivedEvents received)
    {
        (_app, Received) = (app, received);
        Http = new(new DocumentedAnswers(app.Services)) { BaseAddress = new(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public ReceivedEvents Received { get; }

    public IServiceProvider Services => _app.Services;

    public IJournal Journal => Services.GetRequiredService<IJournal>();

    /// <summary>Open rejected input, the newest first.</summary>
    public Task<IReadOnlyList<RejectedEntry>> Rejected(string? source = null) =>
        Services.GetRequiredService<RejectedInputs>().List(new() { Source = source }, null, 100, oldestFirst: false, CancellationToken.None);

    /// <summary>Sources pos and web, no keys required, unless set otherwise.</summary>
    public static async Task<RunningIngest> Start(string database, Dictionary<string, string?>? settings = null, bool listen = true, string environment = "Development", Action<WebApplicationBuilder>? adjust = null,
        Action<IBusRegistrationConfigurator>? subscribe = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bus:Transport"] = "InMemory",
            ["Database:ConnectionString"] = database,
            ["OrderIngest:Sources:pos:Format"] = "csv",
            ["OrderIngest:Sources:web:Format"] = "json",
            ["OrderIngest:RelayPollInterval"] = "00:00:00.2",
            ["Access:AllowAnonymous"] = "true",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var received = new ReceivedEvents();
        builder.Services.AddSingleton(received);
        builder.AddServiceDefaults(OrderIngestService.Name);
        builder.AddOrderIngest();
        builder.AddServiceBus(HealthStatus.Degraded, Subscriptions.Add, bus =>
        {
            if (listen)
                bus.AddConsumer<RecordingConsumer, RecordingConsumerDefinition>();
            subscribe?.Invoke(bus);
        });
        builder.Logging.ClearProviders();
        adjust?.Invoke(builder);
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapOrderIngest();
        await app.StartAsync();
        return new(app, received);
    }

    public Task<HttpResponseMessage> Post(string json, string path = "/orders?source=pos", string type = "application/json", string? key = null) =>
        Post(Encoding.UTF8.GetBytes(json), path, type, key);

    public async Task<HttpResponseMessage> Post(byte[] body, string path = "/orders?source=pos", string type = "application/json", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (key is not null)
            request.Headers.Add("X-Api-Key", key);
        return await Http.SendAsync(request);
    }

    public async Task<JsonElement> Health() => await (await Http.GetAsync("/health/ready")).Content.ReadFromJsonAsync<JsonElement>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>What came out of the topic.</summary>
internal sealed class ReceivedEvents
{
    private readonly ConcurrentQueue<ReceivedEvent> _all = new();

    public IReadOnlyCollection<ReceivedEvent> All => _all;

    public IReadOnlySet<Guid> Ids => _all.Select(e => e.Event.OrderId).ToHashSet();

    public void Add(ReceivedEvent received) => _all.Enqueue(received);
}

internal sealed record ReceivedEvent(OrderReceived Event, Guid? MessageId, Guid? CorrelationId, string? TraceId);

internal sealed class RecordingConsumer(ReceivedEvents received) : IConsumer<OrderReceived>
{
    public Task Consume(ConsumeContext<OrderReceived> context)
    {
        received.Add(new(context.Message, context.MessageId, context.CorrelationId, Activity.Current?.TraceId.ToHexString()));
        return Task.CompletedTask;
    }
}

internal sealed class RecordingConsumerDefinition : ConsumerDefinition<RecordingConsumer>
{
    public RecordingConsumerDefinition() => EndpointName = "order-journey";
}
