namespace OrderIngest.Tests;

/// <summary>A SQLite database of a test's own, deleted afterwards.</summary>
internal sealed class SqliteFile : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("order-ingest-tests-").FullName;

    public string ConnectionString => $"Data Source={Path.Combine(_folder, "{service}.db")};Pooling=False";

    public string FilePath(string name) => Path.Combine(_folder, name);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
