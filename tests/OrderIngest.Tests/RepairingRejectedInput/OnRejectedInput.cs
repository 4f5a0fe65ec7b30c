using System.Data.Common;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using OrderIngest.ImportingFiles;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.Tests.RepairingRejectedInput;

/// <summary>A running service with files to import, which may start again with other settings.</summary>
public abstract class OnRejectedInput : OnEitherDatabase
{
    /// <summary>A time without an offset: refused until the source has a zone.</summary>
    protected const string LocalTime = "2026-11-20T12:00:00";

    private readonly string _folder = Directory.CreateTempSubdirectory("order-ingest-rejected-").FullName;

    protected static Dictionary<string, string?> WithZone => new() { ["OrderIngest:Sources:pos:TimeZone"] = "Europe/Stockholm" };

    private protected RunningIngest Ingest { get; private set; } = null!;

    private protected ServiceDatabase ServiceDatabase => Ingest.Services.GetRequiredKeyedService<ServiceDatabase>(OrderIngestService.Name);

    protected override async Task Begin() => Ingest = await RunningIngest.Start(Database);

    protected override async Task End()
    {
        await Ingest.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected async Task Restart(Dictionary<string, string?> settings)
    {
        await Ingest.DisposeAsync();
        Ingest = await RunningIngest.Start(Database, settings);
    }

    protected Task<ImportProgress> Import(string name, string content, string source = "pos") => Import(name, System.Text.Encoding.UTF8.GetBytes(content), source);

    protected async Task<ImportProgress> Import(string name, byte[] content, string source = "pos")
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllBytesAsync(file, content);
        return await Ingest.Services.GetRequiredService<OrderFileImport>().Run(file, source);
    }

    protected async Task<DbConnection> Connect()
    {
        await ServiceDatabase.WhenReady(default);
        return OnPostgres ? await ServiceDatabase.Postgres.OpenConnectionAsync() : await ServiceDatabase.OpenSqlite(default);
    }

    /// <summary>The goods of the accepted order of that number.</summary>
    protected async Task<string?> Description(string number)
    {
        await using var connection = await Connect();
        var body = await connection.QuerySingleAsync<string>("SELECT body FROM orders WHERE coalesce(receipt_number, order_number) = @number", new { number });
        return JsonDocument.Parse(body).RootElement.GetProperty("order").GetProperty("lines")[0].GetProperty("description").GetString();
    }

    /// <summary>Everything in the three tables, as text.</summary>
    protected async Task<string> Tables()
    {
        await using var connection = await Connect();
        var all = new List<string>();
        foreach (var query in new[] { "SELECT * FROM orders ORDER BY order_id", "SELECT * FROM rejected_inputs ORDER BY id", "SELECT * FROM rejected_faults ORDER BY rejected_id, kind" })
            all.AddRange((await connection.QueryAsync(query)).Select(row => JsonSerializer.Serialize((object)row)));
        Assert.NotEmpty(all);
        return string.Join('\n', all);
    }
}
