namespace ServiceDefaults.ReadingSecrets;

/// <summary>Section <c>Secrets</c>.</summary>
public sealed class SecretsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Secrets";

    /// <summary>Where containers find their secrets.</summary>
    public const string UsualDirectory = "/run/secrets";

    /// <summary>
    /// A directory of files named for configuration keys, with <c>__</c> for <c>:</c> (<c>Database__ConnectionString</c>), each holding one value. Default
    /// <c>/run/secrets</c>, where there is such a directory; empty: none is read.
    /// </summary>
    public string? Directory { get; init; }
}
