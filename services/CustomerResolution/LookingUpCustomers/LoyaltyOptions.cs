using System.ComponentModel.DataAnnotations;
using CustomerResolution.AuthenticatingRequests;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>Section <c>Loyalty</c>: the loyalty provider.</summary>
internal sealed class LoyaltyOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Loyalty";

    /// <summary>The provider's address, http or https. No default.</summary>
    [Required(ErrorMessage = "is missing: set the address of the loyalty provider, for example https://loyalty.example/api")]
    public Uri? BaseAddress { get; init; }

    /// <summary>A ready configuration, by its name; what is configured beside it counts more. None by default.</summary>
    public string? Provider { get; init; }

    /// <summary>The key this system is known by. No default; OAuth 2.0 and Basic need none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The header the key is sent in. Default <c>X-Api-Key</c>.</summary>
    [RegularExpression("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", ErrorMessage = "is not the name of a header")]
    public string ApiKeyHeader { get; init; } = "X-Api-Key";

    /// <summary>What stands before the key in the header, such as <c>Bearer </c>; nothing by default.</summary>
    public string? ApiKeyPrefix { get; init; }

    /// <summary>How requests show who sends them; without it, by the key in the header.</summary>
    public AuthenticationOptions? Authentication { get; init; }

    /// <summary>Headers of every look-up; templates.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Values that templates name and that differ from retailer to retailer, such as the id of a loyalty programme.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>How long one attempt of a step may take, of up to three. Default 3 s, 10 ms to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a found customer is remembered. Default 10 min, up to a day; 0 = not at all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CacheFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long it is remembered that nobody, several or a blocked customer holds a card. Default 30 s, up to a day; 0 = not at all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CacheMissFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many found customers are remembered. Default 50,000, up to 5,000,000; 0 = none.</summary>
    [Range(0, 5_000_000)]
    public int CacheSize { get; init; } = 50_000;

    /// <summary>
    /// How many other answers (nobody, several, blocked) are remembered. Default 50,000, up to 5,000,000; 0 = none. A bound of their own: however many
    /// unknown cards come, the customers found stay remembered.
    /// </summary>
    [Range(0, 5_000_000)]
    public int CacheMissSize { get; init; } = 50_000;

    /// <summary>Requests per second at most, attempts after a failure included. Default 0 = unlimited; else 0.01 to 100,000.</summary>
    public double RequestsPerSecond { get; init; }

    /// <summary>Requests under way at a time at most. Default 64, 1 to 1,000.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; init; } = 64;

    /// <summary>
    /// The HTTP steps of look-ups. Empty means <see cref="LookupOptions.ByCard"/>. The default is not the property's initial value because the
    /// configuration binder adds to a list it finds, and never replaces it.
    /// </summary>
    public IReadOnlyList<LookupOptions>? Lookups { get; init; }

    /// <summary>The steps that are used.</summary>
    internal IReadOnlyList<LookupOptions> Steps => Lookups is { Count: > 0 } ? Lookups : [LookupOptions.ByCard];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(Provider) && !ReadyConfiguration.Exists(Provider))
            yield return new($"is none of the ready configurations: {string.Join(", ", ReadyConfiguration.Names)}", [nameof(Provider)]);
        if (BaseAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            yield return new("is not an http or https address", [nameof(BaseAddress)]);
        if (RequestsPerSecond is not (0 or (>= 0.01 and <= 100_000)))
            yield return new("is neither 0 nor from 0.01 to 100,000", [nameof(RequestsPerSecond)]);
        if (ApiKey is { } key && key.Any(c => char.IsControl(c) || c > '\u007e'))
            yield return new("holds a character that a header cannot carry", [nameof(ApiKey)]);
        if (ApiKeyPrefix is { } prefix && prefix.Any(c => char.IsControl(c) || c > '\u007e'))
            yield return new("holds a character that a header cannot carry", [nameof(ApiKeyPrefix)]);
        foreach (var fault in AuthenticationFaults.Of(this).Concat(LookupFaults.Of(this)))
            yield return fault;
    }
}
