using Dapper;
using Npgsql;

namespace EndToEnd.Tests;

/// <summary>Looks for texts in every column of every table of all services.</summary>
internal static class DatabaseScan
{
    /// <summary>Where any of these texts stands: table and column, and which text by its place in the list. Upper and lower case are the same.</summary>
    public static async Task<IReadOnlyList<string>> Find(string connectionString, IReadOnlyList<string> texts)
    {
        await using var database = new NpgsqlConnection(connectionString);
        var columns = (await database.QueryAsync<(string Table, string Column, string Type)>(
            """
            SELECT format('%I.%I', c.table_schema, c.table_name), format('%I', c.column_name), c.data_type
            FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
            WHERE c.table_schema NOT IN ('pg_catalog', 'information_schema') AND c.data_type IN ('text', 'bytea', 'character varying', 'json', 'jsonb', 'ARRAY')
            """)).AsList();
        if (columns.Count < 50)
            throw new InvalidOperationException($"only {columns.Count} columns to look at: this looks in the wrong place");
        var found = new List<string>();
        foreach (var (table, column, type) in columns)
        {
            var text = type == "bytea" ? $"encode({column}, 'escape')" : $"CAST({column} AS text)";
            for (var i = 0; i < texts.Count; i++)
            {
                if (await database.ExecuteScalarAsync<bool>($"SELECT EXISTS (SELECT FROM {table} WHERE position(lower(@text) IN lower({text})) > 0)", new { text = texts[i] }))
                    found.Add($"{table}.{column}: {i}");
            }
        }
        return found;
    }
}
