using System.Data.Common;
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
        Schema = DatabaseConnections.SchemaOf(service);
        Kind = options.Kind;
        _patience = options.RequestPatience;
        var connection = options.ConnectionString!.Replace("{service}", Schema, StringComparison.Ordinal);
        if (Kind == DatabaseKind.PostgreSql)
            _postgres = NpgsqlDataSource.Create(DatabaseConnections.Postgres(connection, Service, Schema));
        else
            _sqlite = DatabaseConnections.Sqlite(connection);

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

    /// <summary>Opens a connection, whichever database it is.</summary>
    public async Task<DbConnection> Open(CancellationToken cancellationToken) =>
        Kind == DatabaseKind.PostgreSql ? await Postgres.OpenConnectionAsync(cancellationToken) : await OpenSqlite(cancellationToken);

    /// <summary>Runs a transaction, whichever database it is; on SQLite as <see cref="WriteSqlite{T}"/> does. Within <see cref="Run{T}"/> or <see cref="RunPatiently{T}"/>.</summary>
    public async Task<T> InTransaction<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (Kind == DatabaseKind.Sqlite)
            return await WriteSqlite((connection, transaction) => work(connection, transaction), cancellationToken);
        await using var connection = await Postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await work(connection, transaction);
        await transaction.CommitAsync(cancellationToken);
        return result;
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

    /// <summary>Somebody else applies the schema, and has not yet.</summary>
    internal void SchemaIsMissing(ILogger log, IReadOnlyList<string> scripts)
    {
        var problem = $"{scripts.Count} schema scripts are not applied, the first is {scripts[0]}; waiting for the command migrate";
        if (_problem != problem)
            DatabaseLog.ScriptsMissing(log, scripts.Count, Service, scripts[0]);
        _problem = problem;
    }

    internal void Report(ILogger log, Exception exception)
    {
        var problem = $"the database does not answer: {DatabaseFailures.Describe(exception)}; tried again until it does";
        if (_problem != problem)
            DatabaseLog.Away(log, Service, DatabaseFailures.Describe(exception));
        _problem = problem;
    }
}
