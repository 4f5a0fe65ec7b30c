using RealServers;

namespace ProfileStoreSender.Tests;

/// <summary>An empty database of either kind, gone afterwards.</summary>
public sealed class LedgerDatabase : IAsyncDisposable
{
    private readonly TestDatabase? _postgres;
    private readonly string? _folder;

    private LedgerDatabase(TestDatabase? postgres, string? folder) => (_postgres, _folder) = (postgres, folder);

    public string ConnectionString => _postgres?.ConnectionString ?? $"Data Source={Path.Combine(_folder!, "ledger.db")}";

    public static async Task<LedgerDatabase> Create(string kind) => kind == "PostgreSql"
        ? new(await TestDatabase.Create(), null)
        : new(null, Directory.CreateTempSubdirectory("ledger").FullName);

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        if (_folder is null)
            return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
