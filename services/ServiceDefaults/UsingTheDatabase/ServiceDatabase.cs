using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;
using Polly;
using Polly.Retry;

namespace ServiceDefaults.UsingTheDatabase;

/// <summary>
/// One service's own database. Waits out a database that is away instead of failing message after message: whoever calls
/// <see cref="Run{T}"/> gets the answer when there is one, and health says what is wrong meanwhile.
/// </summary>
public sealed class ServiceDatabase : IAsyncDisposable
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _sqliteWriter = new(1, 1);
    private readonly NpgsqlDataSource? _postgres;
    private readonly string? _sqlite;
    private readonly TimeSpan _patience;
    private readonly ResiliencePipeline _untilAvailable;
    private volatile string? _problem = "the schema has not been applied yet";

    /// <summary>Opens nothing yet.</summary>
    /// <param name="service">The service's name, for example <c>OrderIngest</c>; its snake case is the schema's name.</param>
    /// <param name="options">The connection.</param>
    /// <param name="time">Clock of the pauses between attempts.</param>
    /// <param name="log">Where an absence is reported, once per absence.</param>
    public ServiceDatabase(string service, DatabaseOptions options, TimeProvider time, ILogger<ServiceDatabase> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        Service = service;
        Schema = SnakeCase(service);
        Kind = options.Kind;
        _patience = options.RequestPatience;
        var connection = options.ConnectionString!.Replace("{service}", Schema, StringComparison.Ordinal);
        if (Kind == DatabaseKind.PostgreSql)
            _postgres = NpgsqlDataSource.Create(PostgresSettings(connection));
        else
            _sqlite = SqliteSettings(connection);

        _untilAvailable = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(50),
            MaxDelay = TimeSpan.FromSeconds(2),
            UseJitter = true,
            ShouldHandle = new PredicateBuilder().Handle<Exception>(DatabaseFailures.HealsByWaiting),
            OnRetry = attempt =>
            {
                Report(log, attempt.Outcome.Exception!);
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    /// <summary>The service's name.</summary>
    public string Service { get; }

    /// <summary>The service's schema on PostgreSQL.</summary>
    public string Schema { get; }

    /// <summary>PostgreSQL or SQLite.</summary>
    public DatabaseKind Kind { get; }

    /// <summary>Connections to PostgreSQL, with the search path set to <see cref="Schema"/>.</summary>
    public NpgsqlDataSource Postgres => _postgres ?? throw new InvalidOperationException($"{Service} runs on {Kind}");

    /// <summary>What is wrong at the moment, in words, or null.</summary>
    public string? Problem => _problem;

    /// <summary>Completes when the schema has been applied.</summary>
    public Task WhenReady(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    /// <summary>
    /// Runs work against the database, again and again while the database is away, until it succeeds, fails for another reason or is
    /// cancelled. The work must be harmless when repeated: a lost connection may hide a commit.
    /// </summary>
    public async Task<T> Run<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await WhenReady(cancellationToken);
        T result;
        try
        {
            // Nearly always right, and cheaper than going through the strategy first.
            result = await work(cancellationToken);
        }
        catch (Exception exception) when (DatabaseFailures.HealsByWaiting(exception))
        {
            result = await _untilAvailable.ExecuteAsync(async token => await work(token), cancellationToken);
        }
        _problem = null;
        return result;
    }

    /// <summary>As <see cref="Run{T}"/>, for a caller who cannot wait for long, such as an HTTP request.</summary>
    /// <exception cref="DatabaseUnavailableException">After <c>Database:RequestPatience</c>.</exception>
    public async Task<T> RunPatiently<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        try
        {
            return await Run(work, patience.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DatabaseUnavailableException($"the database of {Service} is not available: {_problem ?? "no answer in time"}", exception);
        }
    }

    /// <summary>Opens SQLite with durable commits; one file may have many readers.</summary>
    public async Task<SqliteConnection> OpenSqlite(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_sqlite ?? throw new InvalidOperationException($"{Service} runs on {Kind}"));
        await connection.OpenAsync(cancellationToken);
        // WAL lets readers go on while one writes; FULL makes a commit survive a power cut.
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000; PRAGMA foreign_keys = ON;";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    /// <summary>Runs a SQLite transaction as the process's only writer, so that writers queue here and not on the file's lock.</summary>
    public async Task<T> WriteSqlite<T>(Func<SqliteConnection, SqliteTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await _sqliteWriter.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await OpenSqlite(cancellationToken);
            await using var transaction = connection.BeginTransaction(deferred: false);
            var result = await work(connection, transaction);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            _sqliteWriter.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _sqliteWriter.Dispose();
    }

    internal void SchemaIsApplied()
    {
        _problem = null;
        _ready.TrySetResult();
    }

    internal void Report(ILogger log, Exception exception)
    {
        var problem = $"the database does not answer: {Describe(exception)}; tried again until it does";
        if (_problem != problem)
            DatabaseLog.Away(log, Service, Describe(exception));
        _problem = problem;
    }

    // Exception texts of a driver may quote values of a row; only the kind and code are safe to show.
    private static string Describe(Exception exception) => exception switch
    {
        PostgresException postgres => $"{nameof(PostgresException)} {postgres.SqlState}",
        SqliteException sqlite => $"{nameof(SqliteException)} {sqlite.SqliteErrorCode}",
        _ => exception.GetBaseException().GetType().Name,
    };

    private NpgsqlConnectionStringBuilder PostgresSettings(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection) { SearchPath = Schema, ApplicationName = Service, NoResetOnClose = true };
        if (settings.MaxAutoPrepare == 0)
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (40, 2);
        // Statements over arrays (= ANY, unnest) are planned once and by index. Left alone, PostgreSQL plans them anew on each call and reads
        // whole tables while they are small: three to four times its CPU (docs/decisions/0004).
        settings.Options ??= "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off";
        return settings;
    }

    private static string SqliteSettings(string connection)
    {
        var settings = new SqliteConnectionStringBuilder(connection) { ForeignKeys = true };
        if (Path.GetDirectoryName(settings.DataSource) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        return settings.ToString();
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
}
