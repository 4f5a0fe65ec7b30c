using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using RealServers;
using ServiceDefaults.MigratingSchemas;
using ServiceDefaults.UsingTheDatabase;

namespace ServiceDefaults.Tests.MigratingSchemas;

/// <summary>The command <c>migrate</c>, and services that wait for it, on either database.</summary>
public abstract class MigrateContract : IAsyncLifetime
{
    private const string Service = "ServiceUnderTest";

    protected abstract string ConnectionString { get; }

    /// <summary>A database of the same server that is not there.</summary>
    protected abstract string NoDatabase { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task It_prints_what_it_applied_and_a_second_time_that_it_was_there()
    {
        var first = await Migrate("migrate", ConnectionString);
        var second = await Migrate("migrate", ConnectionString);

        Assert.Equal(0, first.Code);
        Assert.Matches(@"^applied 0001-\S+\.sql\s+applied 0002-\S+\.sql\s+.*2 scripts applied, 0 were there\s*$", first.Said);
        Assert.Equal(0, second.Code);
        Assert.Matches(@"^The schema of ServiceUnderTest .*: 0 scripts applied, 2 were there\s*$", second.Said);
        Assert.Equal("from the second script", await Ask("SELECT text FROM notes"));
    }

    [Fact]
    public async Task A_database_that_is_away_is_waited_for_and_no_longer_than_asked()
    {
        var (code, said) = await Migrate("migrate --wait 0", NoDatabase);

        Assert.Equal(2, code);
        Assert.Contains("does not answer after 0 s", said, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing_and_is_no_success()
    {
        await Ask(await SchemaStatement() + "CREATE TABLE " + InSchema("notes") + " (foreign_one int)");

        var (code, said) = await Migrate("migrate", ConnectionString);

        Assert.Equal(1, code);
        Assert.Contains("was not changed", said, StringComparison.Ordinal);
        Assert.Contains("already exists", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("migrate", "nonsense", "Database:ConnectionString: is not a list of key=value; pairs")]
    [InlineData("migrate --wait soon", null, "migrate [--wait SECONDS]")]
    [InlineData("migrate --wait 3601", null, "migrate [--wait SECONDS]")]
    [InlineData("migrate now", null, "migrate [--wait SECONDS]")]
    public async Task What_is_wrong_is_named(string command, string? connection, string says)
    {
        var (code, said) = await Migrate(command, connection ?? ConnectionString);

        Assert.Equal(1, code);
        Assert.Contains(says, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_may_not_migrate_waits_until_somebody_has()
    {
        var builder = A.Host(new() { ["Database:ConnectionString"] = ConnectionString, ["Database:MigrateAtStart"] = "false" });
        builder.AddServiceDatabase(Service, Assembly.GetExecutingAssembly());
        await using var app = builder.Build();
        app.UseServiceDefaults();
        await app.StartAsync(A.Token);
        using var client = A.ClientOf(app);
        var database = app.Services.GetRequiredKeyedService<ServiceDatabase>(Service);

        await Eventually.Holds(async () => (await Health(client)).Contains("2 schema scripts are not applied, the first is 0001", StringComparison.Ordinal));
        Assert.False(database.WhenReady(A.Token).IsCompleted);
        Assert.Equal(0, (await Migrate("migrate", ConnectionString)).Code);

        await database.WhenReady(A.Token).WaitAsync(TimeSpan.FromSeconds(20), A.Token);
        Assert.Contains("the database answers", await Health(client), StringComparison.Ordinal);
        await app.StopAsync(A.Token);
    }

    [Fact]
    public async Task A_service_that_may_not_migrate_starts_at_once_where_somebody_has()
    {
        await Migrate("migrate", ConnectionString);
        await using var database = Database();

        Assert.Empty(await new SchemaScripts(Assembly.GetExecutingAssembly()).Missing(database, A.Token));
    }

    protected abstract string InSchema(string table);

    private async Task<string> SchemaStatement()
    {
        await using var database = Database();
        return database.Kind == DatabaseKind.PostgreSql ? $"CREATE SCHEMA {database.Schema};" : "";
    }

    private async Task<string?> Ask(string sql)
    {
        await using var database = Database();
        await using var connection = await database.Open(A.Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (await command.ExecuteScalarAsync(A.Token))?.ToString();
    }

    private ServiceDatabase Database() =>
        new(Service, new() { ConnectionString = ConnectionString }, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<ServiceDatabase>.Instance);

    private static async Task<string> Health(HttpClient client)
    {
        using var answer = await client.GetAsync("/health/ready", A.Token);
        return await answer.Content.ReadAsStringAsync(A.Token);
    }

    private static async Task<(int Code, string Said)> Migrate(string command, string connection)
    {
        using var said = new StringWriter();
        var builder = A.Host(new() { ["Database:ConnectionString"] = connection });
        var code = await MigrateCommand.Run(command.Split(' '), Service, Assembly.GetExecutingAssembly(), builder, TimeProvider.System, said, said, A.Token);
        return (code, said.ToString());
    }
}

public sealed class MigrateOnSqlite : MigrateContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("migrate-");

    protected override string ConnectionString => $"Data Source={_folder.FullName}/{{service}}.db;Pooling=False";

    // A folder stands where the file should be.
    protected override string NoDatabase => $"Data Source={_folder.FullName};Pooling=False";

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    protected override string InSchema(string table) => table;
}

public sealed class MigrateOnPostgres : MigrateContract
{
    private TestDatabase _server = null!;

    protected override string ConnectionString => _server.ConnectionString;

    protected override string NoDatabase => $"{_server.ConnectionString};Database={_server.Name}_gone";

    public override async ValueTask InitializeAsync() => _server = await TestDatabase.Create();

    public override ValueTask DisposeAsync() => _server.DisposeAsync();

    protected override string InSchema(string table) => $"service_under_test.{table}";

    [Fact]
    public async Task A_database_that_comes_while_it_is_waited_for_is_migrated()
    {
        var name = $"{_server.Name}_late";
        using var said = new StringWriter();
        var builder = A.Host(new() { ["Database:ConnectionString"] = $"{_server.ConnectionString};Database={name}" });
        var migrating = MigrateCommand.Run(["migrate", "--wait", "30"], "Late", Assembly.GetExecutingAssembly(), builder, TimeProvider.System, said, said, A.Token);
        await using var server = Npgsql.NpgsqlDataSource.Create(_server.ConnectionString);
        try
        {
            await using (var create = server.CreateCommand($"CREATE DATABASE {name}"))
                await create.ExecuteNonQueryAsync(A.Token);

            Assert.Equal(0, await migrating.WaitAsync(TimeSpan.FromSeconds(30), A.Token));
            Assert.Contains("2 scripts applied", said.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            await using var drop = server.CreateCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            await drop.ExecuteNonQueryAsync(A.Token);
        }
    }
}
