using System.ComponentModel.DataAnnotations;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>One entry of <c>Loyalty:Lookups</c>: an HTTP GET and where its answer holds what. Paths are of the form <c>$.a.b[0].c</c>.</summary>
internal sealed class LookupOptions
{
    /// <summary>The shape of the plain look-up by card that many retailers' own services have.</summary>
    public static LookupOptions ByCard { get; } = new()
    {
        Path = "customers/{card}",
        EmailPath = "$.email",
        NamePath = "$.name",
        ExternalIdPath = "$.customerId",
        StatusPath = "$.status",
        BlockedStatuses = ["blocked"],
    };

    /// <summary>Address below <c>BaseAddress</c>, query included; <c>{card}</c> stands for the card number, URL-encoded.</summary>
    public string? Path { get; init; }

    /// <summary>Where the e-mail address is.</summary>
    public string? EmailPath { get; init; }

    /// <summary>Where the display name is; optional.</summary>
    public string? NamePath { get; init; }

    /// <summary>Where the provider's id of the customer is; optional.</summary>
    public string? ExternalIdPath { get; init; }

    /// <summary>Where the customer's status is; optional.</summary>
    public string? StatusPath { get; init; }

    /// <summary>Statuses, in any letter case, that forbid tracking; needed with <see cref="StatusPath"/>.</summary>
    public IReadOnlyList<string>? BlockedStatuses { get; init; }

    /// <summary>For answers that are a list: where the array of holders is (<c>$</c> for the answer itself). The other paths then start at a holder.</summary>
    public string? HoldersPath { get; init; }

    /// <summary>Everything that is wrong with this entry; <paramref name="key"/> is its place below the section.</summary>
    public IEnumerable<ValidationResult> Faults(string key)
    {
        if (string.IsNullOrWhiteSpace(Path) || !Path.Contains("{card}", StringComparison.Ordinal))
            yield return new("must hold {card}, the place of the card number", [$"{key}:{nameof(Path)}"]);
        else if (Uri.TryCreate(Path, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https")
            yield return new("must be an address below BaseAddress, not a whole one", [$"{key}:{nameof(Path)}"]);
        if (string.IsNullOrWhiteSpace(EmailPath))
            yield return new("is missing", [$"{key}:{nameof(EmailPath)}"]);
        foreach (var (name, path) in Paths())
        {
            if (!string.IsNullOrEmpty(path) && !JsonPath.TryParse(path, out _))
                yield return new("is not a path of the form $.a.b[0].c", [$"{key}:{name}"]);
        }
        if (!string.IsNullOrEmpty(StatusPath) && BlockedStatuses is null or { Count: 0 })
            yield return new("is missing: a status is only read to see whether it is one of these", [$"{key}:{nameof(BlockedStatuses)}"]);
        if (string.IsNullOrEmpty(StatusPath) && BlockedStatuses is { Count: > 0 })
            yield return new($"is missing: without it {nameof(BlockedStatuses)} has no effect", [$"{key}:{nameof(StatusPath)}"]);
    }

    private IEnumerable<(string Name, string? Path)> Paths() =>
    [
        (nameof(EmailPath), EmailPath), (nameof(NamePath), NamePath), (nameof(ExternalIdPath), ExternalIdPath),
        (nameof(StatusPath), StatusPath), (nameof(HoldersPath), HoldersPath),
    ];
}
