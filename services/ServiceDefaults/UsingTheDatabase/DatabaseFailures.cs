using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ServiceDefaults.UsingTheDatabase;

/// <summary>Which failures mean that the database is away or busy, so that waiting heals them, and which are faults of ours.</summary>
public static class DatabaseFailures
{
    private const int SqliteBusy = 5, SqliteLocked = 6, SqliteDiskIo = 10, SqliteFull = 13, SqliteCannotOpen = 14;

    /// <summary>True when the same statement may succeed later: no connection, restart, too many clients, deadlock, disk full, busy file.</summary>
    public static bool HealsByWaiting(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.IsTransient || postgres.SqlState is
            PostgresErrorCodes.DiskFull or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.ReadOnlySqlTransaction,
        // A broken or refused connection, and the pool's own time-outs, have no SQL state.
        NpgsqlException => true,
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked or SqliteDiskIo or SqliteFull or SqliteCannotOpen,
        SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>What kind of failure it was. Exception texts of a driver may quote values of a row; only the kind and code are safe to show.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        PostgresException postgres => $"{nameof(PostgresException)} {postgres.SqlState}",
        SqliteException sqlite => $"{nameof(SqliteException)} {sqlite.SqliteErrorCode}",
        _ => exception.GetBaseException().GetType().Name,
    };
}

/// <summary>The database stayed away for longer than the caller could wait. Answered as 503; nothing was accepted.</summary>
public sealed class DatabaseUnavailableException : Exception
{
    /// <summary>The usual text.</summary>
    public DatabaseUnavailableException() : base("the database is not available") { }

    /// <summary>With a text of its own.</summary>
    public DatabaseUnavailableException(string message) : base(message) { }

    /// <summary>With the failure that was seen last.</summary>
    public DatabaseUnavailableException(string message, Exception? innerException) : base(message, innerException) { }
}
