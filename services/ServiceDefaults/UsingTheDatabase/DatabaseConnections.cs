using Microsoft.Data.Sqlite;
using Npgsql;

namespace ServiceDefaults.UsingTheDatabase;

/// <summary>How a service connects to its database, and where its tables are.</summary>
internal static class DatabaseConnections
{
    public static NpgsqlConnectionStringBuilder Postgres(string connection, string service, string schema)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection) { SearchPath = schema, ApplicationName = service, NoResetOnClose = true };
        if (settings.MaxAutoPrepare == 0)
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (40, 2);
        // Statements over arrays (= ANY, unnest) are planned once and by index. Left alone, PostgreSQL plans them anew on each call and reads
        // whole tables while they are small: three to four times its CPU (docs/decisions/0004).
        settings.Options ??= "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off";
        return settings;
    }

    /// <summary>Makes the file's folder where it is missing.</summary>
    public static string Sqlite(string connection)
    {
        var settings = new SqliteConnectionStringBuilder(connection) { ForeignKeys = true };
        if (Path.GetDirectoryName(settings.DataSource) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        return settings.ToString();
    }

    /// <summary>A service's schema: its name in snake case.</summary>
    public static string SchemaOf(string service) =>
        string.Concat(service.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
}
