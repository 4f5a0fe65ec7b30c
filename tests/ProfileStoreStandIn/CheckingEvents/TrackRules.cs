using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProfileStoreStandIn.CheckingEvents;

/// <summary>The documented rules of one tracking event (facts/destinations, section 1).</summary>
internal static partial class TrackRules
{
    /// <summary>Largest event, in bytes of UTF-8.</summary>
    public const int LargestEvent = 256 * 1024;

    /// <summary>Most events in one TrackBulk call.</summary>
    public const int LargestBatch = 100;

    private static readonly string[] Required = ["deviceId", "eventType", "value"];

    /// <summary>What is wrong with an event, in words, or null.</summary>
    public static string? Fault(JsonElement tracked, StandInOptions options)
    {
        if (tracked.ValueKind != JsonValueKind.Object)
            return "an event must be a JSON object";
        foreach (var name in Required)
        {
            if (!tracked.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(value.GetString()))
                return $"{name} is required and must be a text that is not empty";
        }
        return TimeFault(tracked) ?? UserFault(tracked) ?? PayloadFault(tracked) ?? ScopeFault(tracked, options);
    }

    private static string? TimeFault(JsonElement tracked)
    {
        if (!tracked.TryGetProperty("eventTime", out var time) || time.ValueKind == JsonValueKind.Null)
            return null;
        return time.ValueKind == JsonValueKind.String && UtcTime().IsMatch(time.GetString()!)
            && DateTimeOffset.TryParse(time.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
                ? null : "eventTime must be an ISO 8601 time in UTC ending in Z";
    }

    private static string? UserFault(JsonElement tracked)
    {
        if (!tracked.TryGetProperty("user", out var user) || user.ValueKind == JsonValueKind.Null)
            return null;
        if (user.ValueKind != JsonValueKind.Object)
            return "user must be a JSON object";
        if (!user.TryGetProperty("email", out var email) || email.ValueKind == JsonValueKind.Null)
            return null;
        return email.ValueKind == JsonValueKind.String && MailAddress.TryCreate(email.GetString(), out var address) && address.Address == email.GetString()
            ? null : "user.email must be a valid address";
    }

    private static string? PayloadFault(JsonElement tracked) =>
        tracked.TryGetProperty("payload", out var payload) && payload.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null) ? "payload must be a JSON object" : null;

    private static string? ScopeFault(JsonElement tracked, StandInOptions options)
    {
        if (options.AnyScope || !tracked.TryGetProperty("scope", out var scope) || scope.ValueKind == JsonValueKind.Null)
            return null;
        if (scope.ValueKind != JsonValueKind.String || !ScopeId().IsMatch(scope.GetString()!))
            return "scope must match [a-z0-9_]{1,64}";
        return scope.GetString() == "default" || options.Scopes.Contains(scope.GetString()) ? null : "scope is unknown; StandIn:Scopes lists the known ones";
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?Z$")]
    private static partial Regex UtcTime();

    [GeneratedRegex("^[a-z0-9_]{1,64}$")]
    private static partial Regex ScopeId();
}
