using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProfileStoreStandIn.CheckingSegments;

/// <summary>The documented rules of a filter definition (facts/destinations, section 2).</summary>
internal static partial class FilterDefinitionRules
{
    private const int LongestCategory = 50;

    private static readonly string[] Types = ["Events", "Profiles"];

    private static readonly string[] ParameterTypes = ["bool", "datetime", "guid", "int", "long", "double", "string", "timespan"];

    /// <summary>What is wrong, in words, or null.</summary>
    public static string? Fault(JsonObject body)
    {
        if (Text(body, "Name") is not { Length: > 0 } name || !DefinitionName().IsMatch(name))
            return "Name is required: letters, digits, period, underline and dash only";
        if (Text(body, "Query") is not { } query || string.IsNullOrWhiteSpace(query))
            return "Query is required";
        if (Text(body, "Category") is { } category && (category.Length > LongestCategory || category.Contains('\\', StringComparison.Ordinal)))
            return $"Category may have {LongestCategory} characters and no backslash";
        if (Text(body, "Type") is not { } type || !Types.Contains(type))
            return "Type is Events or Profiles";
        var declared = new HashSet<string>();
        foreach (var parameter in body["Parameters"] as JsonArray ?? [])
        {
            if (parameter is not JsonObject one || Text(one, "Name") is not { } parameterName || !ParameterName().IsMatch(parameterName))
                return "the name of a parameter has letters only";
            if (Text(one, "Type") is not { } parameterType || !ParameterTypes.Contains(parameterType))
                return $"the type of a parameter is one of {string.Join(", ", ParameterTypes)}";
            if (!declared.Add(parameterName))
                return $"the parameter {parameterName} is there twice";
        }
        // That each place has its parameter is not said in so many words; a query with a place that nothing fills could not run.
        return Place().Matches(query).Select(match => match.Groups[1].Value).FirstOrDefault(place => !declared.Contains(place)) is { } undeclared
            ? $"the query has a place for {undeclared}, which is no parameter" : null;
    }

    /// <summary>The text of a member, or null.</summary>
    public static string? Text(JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    [GeneratedRegex(@"^[A-Za-z0-9._-]+$")]
    private static partial Regex DefinitionName();

    [GeneratedRegex(@"^[A-Za-z]+$")]
    private static partial Regex ParameterName();

    [GeneratedRegex(@"\{\{\s*(\w+)\s*\}\}")]
    private static partial Regex Place();
}
