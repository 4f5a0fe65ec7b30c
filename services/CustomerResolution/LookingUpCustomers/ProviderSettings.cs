using Contracts.CustomerResolution;
using CustomerResolution.AuthenticatingRequests;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>All there is to know about one provider that is asked for customers.</summary>
internal sealed record ProviderSettings
{
    /// <summary>In health, metrics and logs: <c>loyalty-provider</c> or <c>customer-contacts</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What a customer found here says about where it was found.</summary>
    public required CustomerOrigin Origin { get; init; }

    /// <summary>Ends in a slash, so that paths are appended to it.</summary>
    public required Uri Address { get; init; }

    /// <summary>Empty where authentication needs none.</summary>
    public required string ApiKey { get; init; }

    public required string ApiKeyHeader { get; init; }

    public string ApiKeyPrefix { get; init; } = "";

    public AuthenticationOptions Authentication { get; init; } = new();

    /// <summary>Steps, in their order.</summary>
    public required IReadOnlyList<LookupOptions> Lookups { get; init; }

    /// <summary>Headers of every request; templates.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What placeholders stand for, beside identifiers and values taken; the letter case of their names does not matter.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>Of one attempt.</summary>
    public required TimeSpan Timeout { get; init; }

    public required TimeSpan CacheFor { get; init; }

    public required TimeSpan CacheMissFor { get; init; }

    /// <summary>In found customers.</summary>
    public required int CacheSize { get; init; }

    /// <summary>In other answers.</summary>
    public required int CacheMissSize { get; init; }

    /// <summary>0 = unlimited.</summary>
    public required double RequestsPerSecond { get; init; }

    public required int Concurrency { get; init; }

    /// <summary>The loyalty provider.</summary>
    public static ProviderSettings Loyalty(LoyaltyOptions loyalty) =>
        From(loyalty, "loyalty-provider", CustomerOrigin.LoyaltyProvider, loyalty.BaseAddress!, loyalty.ApiKey, loyalty.ApiKeyHeader, loyalty.Steps) with
        {
            ApiKeyPrefix = loyalty.ApiKeyPrefix ?? "",
            Authentication = loyalty.Authentication ?? new(),
            Headers = loyalty.Headers ?? new Dictionary<string, string>(),
            // Environment variables come in upper case.
            Values = new Dictionary<string, string>(loyalty.Values ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase),
        };

    /// <summary>The web shop's contacts, or null when they are not configured.</summary>
    public static ProviderSettings? Contacts(CustomerContactsOptions contacts, LoyaltyOptions loyalty) => contacts.BaseAddress is { } address
        ? From(loyalty, "customer-contacts", CustomerOrigin.WebShopContacts, address, contacts.ApiKey!, "X-Api-Key", [CustomerContactsOptions.Lookup])
        : null;

    /// <summary>Never shows the key.</summary>
    public override string ToString() => Name;

    private static ProviderSettings From(
        LoyaltyOptions loyalty, string name, CustomerOrigin origin, Uri address, string? apiKey, string apiKeyHeader, IReadOnlyList<LookupOptions> lookups) => new()
        {
            Name = name,
            Origin = origin,
            Address = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/"),
            ApiKey = apiKey ?? "",
            ApiKeyHeader = apiKeyHeader,
            Lookups = lookups,
            Timeout = loyalty.Timeout,
            CacheFor = loyalty.CacheFor,
            CacheMissFor = loyalty.CacheMissFor,
            CacheSize = loyalty.CacheSize,
            CacheMissSize = loyalty.CacheMissSize,
            RequestsPerSecond = loyalty.RequestsPerSecond,
            Concurrency = loyalty.Concurrency,
        };
}
