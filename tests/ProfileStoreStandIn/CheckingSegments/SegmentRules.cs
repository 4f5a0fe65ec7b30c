using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProfileStoreStandIn.CheckingSegments;

/// <summary>
/// The documented rules of a segment and of a scope (facts/destinations, section 2). How a segment names its filters is not documented: <c>Filters</c> with
/// <c>FilterDefinitionId</c> and <c>Parameters</c> of <c>Name</c> and <c>Value</c> is this project's guess.
/// </summary>
internal static partial class SegmentRules
{
    private const int LongestDescription = 256;

    /// <summary>What is wrong, in words, or null.</summary>
    /// <param name="body">What was sent.</param>
    /// <param name="scopeExists">Whether a scope is there: only tracking makes unknown ones.</param>
    /// <param name="definition">A filter definition by its id, or null.</param>
    public static string? Fault(JsonObject body, Func<string, bool> scopeExists, Func<string, JsonObject?> definition)
    {
        if (string.IsNullOrWhiteSpace(FilterDefinitionRules.Text(body, "Name")))
            return "Name is required";
        if (FilterDefinitionRules.Text(body, "Scope") is not { } scope || !scopeExists(scope))
            return "Scope is required and must exist";
        foreach (var filter in body["Filters"] as JsonArray ?? [])
        {
            if (filter is not JsonObject one || FilterDefinitionRules.Text(one, "FilterDefinitionId") is not { } id || definition(id) is not { } known)
                return "a filter names a filter definition that exists (FilterDefinitionId)";
            if (ValuesFault(one["Parameters"] as JsonArray ?? [], known["Parameters"] as JsonArray ?? []) is { } wrong)
                return wrong;
        }
        return null;
    }

    /// <summary>What is wrong with a scope, in words, or null.</summary>
    public static string? ScopeFault(string id, JsonObject body) =>
        !ScopeId().IsMatch(id) ? "ScopeId has 1 to 64 lower-case letters, digits and underscores"
        : FilterDefinitionRules.Text(body, "Description") is { Length: > LongestDescription } ? $"Description may have {LongestDescription} characters" : null;

    private static string? ValuesFault(JsonArray given, JsonArray declared)
    {
        var values = given.OfType<JsonObject>().ToLookup(value => FilterDefinitionRules.Text(value, "Name"), value => value["Value"]?.ToString());
        foreach (var parameter in declared.OfType<JsonObject>())
        {
            var (name, type) = (FilterDefinitionRules.Text(parameter, "Name")!, FilterDefinitionRules.Text(parameter, "Type")!);
            if (values[name].ToList() is not [{ } value] || !Fits(value, type))
                return $"the parameter {name} needs one value of type {type}";
        }
        return values.FirstOrDefault(value => !declared.OfType<JsonObject>().Any(parameter => FilterDefinitionRules.Text(parameter, "Name") == value.Key)) is { } unknown
            ? $"the filter definition has no parameter {unknown.Key}" : null;
    }

    private static bool Fits(string value, string type) => type switch
    {
        "bool" => bool.TryParse(value, out _),
        "datetime" => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        "guid" => Guid.TryParse(value, out _),
        "int" => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "long" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "double" => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        "timespan" => TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out _),
        _ => true,
    };

    [GeneratedRegex("^[a-z0-9_]{1,64}$")]
    private static partial Regex ScopeId();
}
