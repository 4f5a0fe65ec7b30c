using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServiceDefaults.ValidatingOptions;

namespace ServiceDefaults.UsingTheDatabase;

/// <summary>Gives a service its database.</summary>
public static class DatabaseRegistration
{
    /// <summary>
    /// Registers a <see cref="ServiceDatabase"/> under the key <paramref name="service"/> (<c>[FromKeyedServices("OrderIngest")]</c>), applies the
    /// schema scripts embedded in <paramref name="scripts"/> in the background as soon as the database answers (or waits for them: <c>Database:MigrateAtStart</c>),
    /// and reports both in health.
    /// </summary>
    public static void AddServiceDatabase(this IHostApplicationBuilder builder, string service, Assembly scripts)
    {
        builder.AddValidatedOptions<DatabaseOptions>(DatabaseOptions.Section);
        var services = builder.Services;
        services.AddKeyedSingleton(service, (provider, _) => new ServiceDatabase(
            service,
            provider.GetRequiredService<IOptions<DatabaseOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ServiceDatabase>>()));
        services.AddSingleton<IHostedService>(provider => new SchemaUpgrade(
            provider.GetRequiredKeyedService<ServiceDatabase>(service),
            new SchemaScripts(scripts),
            provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.MigrateAtStart,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ServiceDatabase>>()));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            $"database {service}",
            provider => new DatabaseHealthCheck(provider.GetRequiredKeyedService<ServiceDatabase>(service)),
            HealthStatus.Unhealthy,
            ["ready"]));
    }

    private sealed class SchemaUpgrade(ServiceDatabase database, SchemaScripts scripts, bool migrate, TimeProvider time, ILogger<ServiceDatabase> log) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            // A database that is away, or one that refuses us, must neither stop the service nor keep it from starting.
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    if (migrate)
                        await scripts.Apply(database, log, stoppingToken);
                    if (migrate || await scripts.Missing(database, stoppingToken) is not { Count: > 0 } missing)
                    {
                        database.SchemaIsApplied();
                        return;
                    }
                    database.SchemaIsMissing(log, missing);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    database.Report(log, exception);
                    if (!DatabaseFailures.HealsByWaiting(exception))
                        DatabaseLog.SchemaNotApplied(log, database.Service, exception);
                }
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    private sealed class DatabaseHealthCheck(ServiceDatabase database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (database.Problem is { } known)
                return HealthCheckResult.Unhealthy(known);
            try
            {
                if (database.Kind == DatabaseKind.PostgreSql)
                {
                    await using var command = database.Postgres.CreateCommand("SELECT 1");
                    command.CommandTimeout = 2;
                    await command.ExecuteScalarAsync(cancellationToken);
                }
                else
                    await using (await database.OpenSqlite(cancellationToken)) { }
                return HealthCheckResult.Healthy("the database answers");
            }
            catch (Exception exception) when (DatabaseFailures.HealsByWaiting(exception))
            {
                return HealthCheckResult.Unhealthy($"the database does not answer: {exception.GetBaseException().GetType().Name}");
            }
        }
    }
}
