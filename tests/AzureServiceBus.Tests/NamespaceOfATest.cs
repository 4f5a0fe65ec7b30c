using AzureServiceBusImitation;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.ConnectingToTheBus;

namespace AzureServiceBus.Tests;

/// <summary>A namespace that nobody else has, and a process that is told of it by configuration, as a service is.</summary>
internal static class NamespaceOfATest
{
    public static ImitatedNamespace New() => ImitatedNamespace.At($"test-{Guid.NewGuid():N}.servicebus.windows.net");

    public static string ConnectionString(this ImitatedNamespace there) => $"Endpoint=sb://{there.Host}/;SharedAccessKeyName=manage;SharedAccessKey=bm9ib2R5";

    public static string ConnectionStringOfEmulator(this ImitatedNamespace there, int? port = null) =>
        $"Endpoint=sb://{there.Host}{(port is null ? "" : $":{port}")};SharedAccessKeyName=manage;SharedAccessKey=bm9ib2R5;UseDevelopmentEmulator=true;";

    public static Dictionary<string, string?> Settings(string connectionString, string? administration = null) => new()
    {
        ["Bus:Transport"] = "AzureServiceBus",
        ["Bus:ConnectionString"] = connectionString,
        ["Bus:AdministrationConnectionString"] = administration,
    };

    public static IHost Service(Dictionary<string, string?> settings, params Action<IBusRegistrationConfigurator>[] subscriptions)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddServiceBus(HealthStatus.Unhealthy, subscriptions);
        return builder.Build();
    }

    /// <summary>What every service does when it starts.</summary>
    public static async Task Deploy(this ImitatedNamespace there)
    {
        using var service = Service(Settings(there.ConnectionString()));
        await service.Services.GetRequiredService<ITopologyDeployer>().Deploy(DeclaredTopology.Current, TestContext.Current.CancellationToken);
    }
}
