using System.ComponentModel.DataAnnotations;
using System.Data.Common;

namespace ServiceDefaults.UsingTheDatabase;

/// <summary>Section <c>Database</c>.</summary>
public sealed class DatabaseOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Database";

    /// <summary>
    /// PostgreSQL (<c>Host=...;Database=...;Username=...;Password=...</c>) or SQLite (<c>Data Source=...</c>). <c>{service}</c> stands for the
    /// service's name in snake case; on PostgreSQL each service also has a schema of that name.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary>How long an HTTP request waits for a database that is away before it answers 503. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan RequestPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// True (default): the service applies its schema scripts when it starts. False: it waits, and health says so, until the command <c>migrate</c> of this version
    /// or a later one has applied them, so that its role needs no right to change tables.
    /// </summary>
    public bool MigrateAtStart { get; init; } = true;

    /// <summary>PostgreSQL unless the connection string has a <c>Data Source</c>.</summary>
    internal DatabaseKind Kind =>
        new DbConnectionStringBuilder { ConnectionString = ConnectionString }.ContainsKey("Data Source") ? DatabaseKind.Sqlite : DatabaseKind.PostgreSql;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return new("is missing: set a PostgreSQL (Host=...) or SQLite (Data Source=...) connection string", [nameof(ConnectionString)]);
            yield break;
        }
        var keys = new DbConnectionStringBuilder();
        var readable = true;
        try
        {
            keys.ConnectionString = ConnectionString;
        }
        catch (ArgumentException)
        {
            readable = false;
        }
        if (!readable)
            yield return new("is not a list of key=value; pairs", [nameof(ConnectionString)]);
        else if (!keys.ContainsKey("Host") && !keys.ContainsKey("Data Source"))
            yield return new("has neither Host (PostgreSQL) nor Data Source (SQLite)", [nameof(ConnectionString)]);
    }
}

/// <summary>Which database a connection string names.</summary>
public enum DatabaseKind
{
    /// <summary>PostgreSQL: production.</summary>
    PostgreSql,

    /// <summary>SQLite: the embedded default to try the system with.</summary>
    Sqlite,
}
