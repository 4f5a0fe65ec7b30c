using System.Data.Common;
using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using RealServers;
using ServiceDefaults.UsingTheDatabase;

namespace ServiceDefaults.Tests.UsingTheDatabase;

/// <summary>What holds on both databases.</summary>
public abstract class ServiceDatabaseContract : IAsyncLifetime
{
    private readonly List<ServiceDatabase> _instances = [];

    protected abstract string ConnectionString { get; }

    public abstract ValueTask InitializeAsync();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
            await instance.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Five_instances_that_start_together_apply_each_script_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Apply(Instance()))));

        Assert.Equal([0, 0, 0, 0, 2], applied.Order());
        Assert.Equal("from the second script", await Read(Instance(), "SELECT text FROM notes"));
    }

    [Fact]
    public async Task A_second_start_applies_nothing()
    {
        await Apply(Instance());

        Assert.Equal(0, await Apply(Instance()));
    }

    [Fact]
    public async Task Run_waits_for_the_schema()
    {
        var database = Instance();
        var running = database.Run(_ => Read(database, "SELECT text FROM notes"), A.Token);
        Assert.False(running.IsCompleted);

        await Apply(database);
        database.SchemaIsApplied();

        Assert.Equal("from the second script", await running);
    }

    [Fact]
    public async Task Run_shows_a_fault_of_ours_at_once()
    {
        var database = await Ready();

        await Assert.ThrowsAnyAsync<DbException>(() => database.Run(_ => Read(database, "SELECT nothing FROM nowhere"), A.Token));
    }

    [Fact]
    public async Task RunPatiently_gives_up_with_the_reason_when_there_is_no_schema_yet()
    {
        var refusal = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Instance(patience: 0.2).RunPatiently(_ => Task.FromResult(1), A.Token));

        Assert.Contains("the schema has not been applied yet", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunPatiently_that_is_cancelled_is_cancelled_and_not_unavailable()
    {
        using var caller = new CancellationTokenSource();
        var running = Instance().RunPatiently(_ => Task.FromResult(1), caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    protected async Task<ServiceDatabase> Ready(double patience = 5)
    {
        var database = Instance(patience);
        await Apply(database);
        database.SchemaIsApplied();
        return database;
    }

    protected ServiceDatabase Instance(double patience = 5, string? connection = null)
    {
        var options = new DatabaseOptions { ConnectionString = connection ?? ConnectionString, RequestPatience = TimeSpan.FromSeconds(patience) };
        _instances.Add(new("ServiceUnderTest", options, TimeProvider.System, NullLogger<ServiceDatabase>.Instance));
        return _instances[^1];
    }

    protected static async Task<int> Apply(ServiceDatabase database) =>
        (await new SchemaScripts(Assembly.GetExecutingAssembly()).Apply(database, NullLogger.Instance, A.Token)).Count;

    protected static async Task<string?> Read(ServiceDatabase database, string sql)
    {
        await using DbConnection connection =
            database.Kind == DatabaseKind.PostgreSql ? await database.Postgres.OpenConnectionAsync(A.Token) : await database.OpenSqlite(A.Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (await command.ExecuteScalarAsync(A.Token))?.ToString();
    }
}

public sealed class ServiceDatabaseOnSqlite : ServiceDatabaseContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("service-database-").FullName;

    protected override string ConnectionString => $"Data Source={_folder}/deeper/{{service}}.db;Pooling=False";

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_file_is_named_for_the_service()
    {
        await Ready();

        Assert.True(File.Exists(Path.Combine(_folder, "deeper", "service_under_test.db")));
    }

    [Fact]
    public async Task Commits_are_durable()
    {
        var database = await Ready();

        Assert.Equal("2", await Read(database, "PRAGMA synchronous"));
        Assert.Equal("wal", await Read(database, "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Many_writers_in_one_process_queue_up_instead_of_failing()
    {
        var database = await Ready();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => database.WriteSqlite(async (connection, transaction) =>
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "UPDATE notes SET text = text || '+'";
            return await command.ExecuteNonQueryAsync(A.Token);
        }, A.Token))));

        Assert.EndsWith(new string('+', 40), await Read(database, "SELECT text FROM notes"), StringComparison.Ordinal);
    }
}

public sealed class ServiceDatabaseOnPostgres : ServiceDatabaseContract
{
    private TestDatabase _server = null!;

    protected override string ConnectionString => _server.ConnectionString;

    public override async ValueTask InitializeAsync() => _server = await TestDatabase.Create();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_schema_is_named_for_the_service() =>
        Assert.Equal("service_under_test", await Read(await Ready(), "SELECT schemaname FROM pg_tables WHERE tablename = 'notes'"));

    [Fact]
    public async Task Run_survives_that_the_server_ends_all_connections()
    {
        var database = await Ready();
        await database.Run(_ => Read(database, "SELECT 1"), A.Token);
        await using (var other = Instance())
            await Read(other, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        Assert.Equal("from the second script", await database.Run(_ => Read(database, "SELECT text FROM notes"), A.Token));
        Assert.Null(database.Problem);
    }

    [Fact]
    public async Task RunPatiently_says_that_the_database_went_away()
    {
        var database = await Ready(patience: 0.5);

        var refusal = await Assert.ThrowsAsync<DatabaseUnavailableException>(() =>
            database.RunPatiently<string?>(_ => Read(Instance(connection: $"{ConnectionString}_gone"), "SELECT 1"), A.Token));

        Assert.Contains("3D000", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(database.Problem);
    }
}
