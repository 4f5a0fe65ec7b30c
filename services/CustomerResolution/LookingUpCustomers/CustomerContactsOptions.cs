using System.ComponentModel.DataAnnotations;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>
/// Section <c>CustomerContacts</c>: the web shop's own contacts, asked at <c>contacts/{card}</c> for cards the loyalty provider does not
/// know. Time-out, limits and cache lifetimes are those of section <c>Loyalty</c>.
/// </summary>
internal sealed class CustomerContactsOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "CustomerContacts";

    /// <summary>What the shop answers at <c>contacts/{card}</c>.</summary>
    public static LookupOptions Lookup { get; } = new()
    {
        Path = "contacts/{card}",
        EmailPath = "$.email",
        NamePath = "$.name",
        ExternalIdPath = "$.customerId",
        StatusPath = "$.status",
        BlockedStatuses = ["blocked"],
    };

    /// <summary>The shop's address, http or https. Absent = there is no such fallback.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>Sent with every request in the header <c>X-Api-Key</c>; needed with an address.</summary>
    public string? ApiKey { get; init; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BaseAddress is null)
        {
            if (!string.IsNullOrWhiteSpace(ApiKey))
                yield return new("is missing although there is a key: set the address of the web shop, or take the key away", [nameof(BaseAddress)]);
            yield break;
        }
        if (BaseAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            yield return new("is not an http or https address", [nameof(BaseAddress)]);
        if (string.IsNullOrWhiteSpace(ApiKey))
            yield return new("is missing: set the key that the web shop knows this system by", [nameof(ApiKey)]);
        else if (ApiKey.Any(c => char.IsControl(c) || c > '\u007e'))
            yield return new("holds a character that a header cannot carry", [nameof(ApiKey)]);
    }
}
