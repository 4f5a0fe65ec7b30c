using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.GuardingAccess;

/// <summary>Section <c>Access</c>: who may use a service's own routes (not those of OrderIngest, where each source has its key).</summary>
public sealed class AccessOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Access";

    /// <summary>SHA-256 of each valid <c>X-Api-Key</c>, in hexadecimal; several are valid at once, for rotation.</summary>
    public IReadOnlyList<string> ApiKeyHashes { get; init; } = [];

    /// <summary>
    /// SHA-256 of each key that may have people erased and change the suppression list; the keys above may not. Without one those routes are closed, outside
    /// Development.
    /// </summary>
    public IReadOnlyList<string> ErasureKeyHashes { get; init; } = [];

    /// <summary>True lets everybody in. Outside Development a service without keys refuses to start unless this is set. Default false.</summary>
    public bool AllowAnonymous { get; init; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ApiKeyHashes.Any(hash => hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
            yield return new("holds something that is not a SHA-256 in hexadecimal (64 digits)", [nameof(ApiKeyHashes)]);
        if (ErasureKeyHashes.Any(hash => hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
            yield return new("holds something that is not a SHA-256 in hexadecimal (64 digits)", [nameof(ErasureKeyHashes)]);
    }
}
