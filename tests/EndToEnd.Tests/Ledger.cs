using Dapper;
using Npgsql;

namespace EndToEnd.Tests;

/// <summary>The sender's ledger, read where it lies.</summary>
public sealed class LedgerRow
{
    public Guid OrderId { get; init; }

    public string State { get; init; } = "";

    public string TrackId { get; init; } = "";

    public int Uncertain { get; init; }
}

public static class Ledger
{
    public static async Task<IReadOnlyList<LedgerRow>> Read(string connection)
    {
        await using var database = new NpgsqlConnection(connection);
        return (await database.QueryAsync<LedgerRow>(
            "SELECT order_id AS OrderId, state AS State, track_id::text AS TrackId, uncertain AS Uncertain FROM profile_store_sender.deliveries")).AsList();
    }
}
