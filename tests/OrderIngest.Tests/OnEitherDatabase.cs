using RealServers;

namespace OrderIngest.Tests;

/// <summary>A situation that is tried on PostgreSQL and on SQLite alike.</summary>
public abstract class OnEitherDatabase : IAsyncLifetime
{
    private IAsyncDisposable? _database;

    public string Database { get; private set; } = "";

    protected abstract bool OnPostgres { get; }

    public async ValueTask InitializeAsync()
    {
        if (OnPostgres)
        {
            var database = await TestDatabase.Create();
            (_database, Database) = (database, database.ConnectionString);
        }
        else
        {
            var file = new SqliteFile();
            (_database, Database) = (file, file.ConnectionString);
        }
        await Begin();
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        await _database!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual Task Begin() => Task.CompletedTask;

    protected virtual Task End() => Task.CompletedTask;
}
