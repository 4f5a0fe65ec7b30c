using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>Puts the declared topics, required queues and bindings on the broker; the seam between transports.</summary>
public interface ITopologyDeployer
{
    /// <summary>Declares what is missing; what is there already is left as it is. Throws when the broker is away or refuses.</summary>
    Task Deploy(DeclaredTopology topology, CancellationToken cancellationToken);
}

/// <summary>
/// Deploys the declared topology before anything is published, tries until it succeeds, and looks again from time to time, so that a queue
/// somebody deleted comes back. A topic nobody is bound to swallows events in silence: this is the first of three guards against that.
/// </summary>
public sealed class TopologyDeployment : BackgroundService, IHealthCheck
{
    private readonly TaskCompletionSource _deployed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _again = new(0);
    private readonly ITopologyDeployer _deployer;
    private readonly TimeSpan _every;
    private readonly TimeProvider _time;
    private readonly ILogger<TopologyDeployment> _log;
    private volatile string? _problem = "the declared topology has not been deployed yet";

    /// <summary>Made by the container.</summary>
    public TopologyDeployment(ITopologyDeployer deployer, IOptions<BusOptions> options, TimeProvider time, ILogger<TopologyDeployment> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_deployer, _every, _time, _log) = (deployer, options.Value.RedeclareEvery, time, log);
    }

    /// <summary>Completes once topics, required queues and bindings have been seen on the broker.</summary>
    public Task WhenDeployed(CancellationToken cancellationToken) => _deployed.Task.WaitAsync(cancellationToken);

    /// <summary>Asks for a look at once: an event came back because no queue was bound.</summary>
    public void LookAgain() => _again.Release();

    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Task.FromResult(_problem is { } problem
            ? new HealthCheckResult(context.Registration.FailureStatus, problem)
            : HealthCheckResult.Healthy("topics, required queues and bindings are deployed"));
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _again.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = _every;
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                patience.CancelAfter(TimeSpan.FromSeconds(30));
                await _deployer.Deploy(DeclaredTopology.Current, patience.Token);
                _problem = null;
                _deployed.TrySetResult();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                var why = exception is TopologyRefusedException ? exception.Message : exception.GetBaseException().GetType().Name;
                var problem = $"the broker's topics and queues cannot be deployed: {why}; tried again every few seconds";
                if (_problem != problem)
                    BusLog.TopologyNotDeployed(_log, exception);
                _problem = problem;
                wait = TimeSpan.FromSeconds(2);
            }
            try
            {
                await WaitForRequest(wait, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task WaitForRequest(TimeSpan wait, CancellationToken stoppingToken)
    {
        using var timer = new CancellationTokenSource(wait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stoppingToken);
        try
        {
            await _again.WaitAsync(either.Token);
            while (_again.Wait(0, CancellationToken.None)) { }
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // The time is over: look again.
        }
    }
}

/// <summary>In memory the topology is there as soon as the bus runs: every subscriber is in the same process.</summary>
internal sealed class InMemoryTopologyDeployer(IBusControl bus) : ITopologyDeployer
{
    public Task Deploy(DeclaredTopology topology, CancellationToken cancellationToken) =>
        bus.WaitForHealthStatus(BusHealthStatus.Healthy, cancellationToken);
}

internal static class TopologyDeploymentRegistration
{
    public static void AddTopologyDeployment(this IHostApplicationBuilder builder, BusTransport transport)
    {
        var services = builder.Services;
        if (transport == BusTransport.RabbitMq)
            services.AddSingleton<ITopologyDeployer, RabbitMqTopologyDeployer>().AddSingleton<IQueueFinder, RabbitMqQueueFinder>();
        else if (transport != BusTransport.AzureServiceBus)
            services.AddSingleton<ITopologyDeployer, InMemoryTopologyDeployer>().AddSingleton<IQueueFinder, InMemoryQueueFinder>();
        services.AddSingleton<TopologyDeployment>();
        services.AddHostedService(provider => provider.GetRequiredService<TopologyDeployment>());
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            "topology", provider => provider.GetRequiredService<TopologyDeployment>(), HealthStatus.Degraded, ["ready"]));
    }
}

internal static partial class BusLog
{
    [LoggerMessage(100, LogLevel.Warning, "The broker's topics and queues cannot be deployed; trying again every few seconds")]
    public static partial void TopologyNotDeployed(ILogger logger, Exception exception);
}
