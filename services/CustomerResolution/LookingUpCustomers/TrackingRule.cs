using System.Text.Json;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>Tells from a holder's status or consent whether the holder may be tracked.</summary>
internal sealed class TrackingRule
{
    private readonly TextPath _path;
    private readonly HashSet<string> _values;
    private readonly bool _allow;

    private TrackingRule(TextPath path, IEnumerable<string> values, bool allow) => (_path, _values, _allow) = (path, new(values, StringComparer.OrdinalIgnoreCase), allow);

    /// <summary>Null where the configuration names no place.</summary>
    public static TrackingRule? From(string? path, IReadOnlyList<string>? forbidding, IReadOnlyList<string>? allowing) => TextPath.ParseOptional(path) is not { } place ? null
        : allowing is { Count: > 0 } ? new(place, allowing, true)
        : new(place, forbidding ?? [], false);

    /// <summary>True when tracking is forbidden: by a value that says so or, where only some values allow it, by having none of them.</summary>
    public bool Forbids(JsonElement holder) => _path.ReadTexts(holder).Any(_values.Contains) != _allow;

    /// <summary>True when there is a value, and it allows tracking.</summary>
    public bool Allows(JsonElement holder) => !Forbids(holder) && _path.ReadTexts(holder).Any();
}
