using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using ServiceDefaults.ReadingSecrets;
using ServiceDefaults.UsingTheDatabase;
using ServiceDefaults.ValidatingOptions;

namespace ServiceDefaults.MigratingSchemas;

/// <summary>
/// <c>service migrate [--wait SECONDS]</c>: applies the schema scripts that this version knows and the database has not, prints their names and ends.
/// Exit code 0 when the schema is as this version knows it, 1 when a setting or a script is wrong, 2 when the database was away for as long as it was waited for.
/// </summary>
internal static class MigrateCommand
{
    private const int Done = 0, Failed = 1, DatabaseAway = 2, UsualWait = 60, LongestWait = 3600;

    public static bool Wants(string[] args) => args is ["migrate", ..];

    public static Task<int> Run(string[] args, string service, Assembly? scripts) =>
        Run(args, service, scripts, Host.CreateApplicationBuilder(), TimeProvider.System, Console.Out, Console.Error, CancellationToken.None);

    /// <param name="args">The command line.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="scripts">Where its schema scripts are embedded; null for a service without a database.</param>
    /// <param name="builder">Only its configuration is used.</param>
    /// <param name="time">Clock of the waiting.</param>
    /// <param name="output">What was done.</param>
    /// <param name="errors">What is wrong.</param>
    /// <param name="cancellationToken">Nothing is left half-done: the scripts are one transaction.</param>
    public static async Task<int> Run(
        string[] args, string service, Assembly? scripts, IHostApplicationBuilder builder, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (WaitOf(args) is not { } wait)
        {
            await errors.WriteLineAsync($"migrate [--wait SECONDS]: 0 to {LongestWait} seconds, for a database that is away; {UsualWait} unless said");
            return Failed;
        }
        if (scripts is null)
        {
            await output.WriteLineAsync($"{service} has no database: there is no schema to apply");
            return Done;
        }
        DatabaseOptions options;
        try
        {
            builder.AddSecretFiles();
            builder.AddValidatedOptions<DatabaseOptions>(DatabaseOptions.Section);
            await using var provider = builder.Services.BuildServiceProvider();
            options = provider.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        }
        catch (OptionsValidationException exception)
        {
            await errors.WriteLineAsync(string.Join(Environment.NewLine, exception.Failures));
            return Failed;
        }
        await using var database = new ServiceDatabase(service, options, time, NullLogger<ServiceDatabase>.Instance);
        return await Apply(new(scripts), database, wait, time, output, errors, cancellationToken);
    }

    private static async Task<int> Apply(
        SchemaScripts scripts, ServiceDatabase database, TimeSpan wait, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var told = "";
        while (true)
        {
            try
            {
                var applied = await scripts.Apply(database, NullLogger.Instance, cancellationToken);
                foreach (var name in applied)
                    await output.WriteLineAsync($"applied {name}");
                await output.WriteLineAsync($"The schema of {database.Service} is as this version knows it: {applied.Count} scripts applied, {scripts.Names(database.Kind).Count - applied.Count} were there");
                return Done;
            }
            catch (Exception exception) when (DatabaseFailures.HealsByWaiting(exception))
            {
                var failure = DatabaseFailures.Describe(exception);
                if (time.GetElapsedTime(began) >= wait)
                {
                    await errors.WriteLineAsync($"The database of {database.Service} does not answer after {wait.TotalSeconds:0} s: {failure}. Nothing was changed");
                    return DatabaseAway;
                }
                if (failure != told)
                    await errors.WriteLineAsync($"The database of {database.Service} does not answer: {failure}. Trying again for {wait.TotalSeconds:0} s");
                told = failure;
            }
            catch (Exception exception) when (exception is NpgsqlException or SqliteException)
            {
                await errors.WriteLineAsync($"The schema of {database.Service} was not changed: {Reason(exception)}");
                return Failed;
            }
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }

    // A driver's text may quote values of a row, but not where a statement is wrong (class 42, SQLite's error 1): then it names tables and columns.
    private static string Reason(Exception exception) => exception switch
    {
        PostgresException { SqlState: ['4', '2', ..] } postgres => $"{DatabaseFailures.Describe(exception)}, {postgres.MessageText}",
        SqliteException { SqliteErrorCode: 1 } sqlite => $"{DatabaseFailures.Describe(exception)}, {sqlite.Message}",
        _ => DatabaseFailures.Describe(exception),
    };

    private static TimeSpan? WaitOf(string[] args) => args switch
    {
        [_] => TimeSpan.FromSeconds(UsualWait),
        [_, "--wait", var seconds] when int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var wait) && wait <= LongestWait => TimeSpan.FromSeconds(wait),
        _ => null,
    };
}
