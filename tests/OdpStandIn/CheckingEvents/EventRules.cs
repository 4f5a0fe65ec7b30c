using System.Net.Mail;
using System.Text.Json;

namespace OdpStandIn.CheckingEvents;

/// <summary>The documented rules of one event (facts/destinations, section 5). What the real service would pass over in silence is refused here: it shows.</summary>
internal static class EventRules
{
    /// <summary>Most events of one request.</summary>
    public const int MostEvents = 500;

    private const int MostValues = 25;

    private static readonly HashSet<string> Identifiers = ["email", "phone", "vuid", "zaius_id"];

    /// <summary>The first field that breaks a rule, and why; null when none does.</summary>
    public static (string Field, string Reason)? Fault(JsonElement @event, OdpStandInOptions options)
    {
        if (@event.ValueKind != JsonValueKind.Object)
            return ("", "an event is a JSON object");
        foreach (var name in new[] { "type", "action" })
        {
            if (!IsText(@event, name))
                return ($".{name}", "is required and a text that is not empty");
        }
        if (IdentifierFault(@event, options) is { } wrong)
            return wrong;
        if (@event.TryGetProperty("data", out var data) && data.ValueKind != JsonValueKind.Object)
            return (".data", "is a JSON object");
        if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty("ts", out var ts) && !(ts.ValueKind == JsonValueKind.Number && ts.TryGetInt64(out var seconds) && seconds > 0))
            return (".data.ts", "is a number of seconds since 1970");
        return @event.GetProperty("type").GetString() == "order" ? OrderRules.Fault(@event.GetProperty("action").GetString()!, data, options) : null;
    }

    public static bool IsText(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString());

    private static (string, string)? IdentifierFault(JsonElement @event, OdpStandInOptions options)
    {
        if (!@event.TryGetProperty("identifiers", out var identifiers) || identifiers.ValueKind != JsonValueKind.Object || !identifiers.EnumerateObject().Any())
            return (".identifiers", "is required and names somebody");
        foreach (var identifier in identifiers.EnumerateObject())
        {
            var field = $".identifiers.{identifier.Name}";
            if (!Identifiers.Contains(identifier.Name) && !options.Identifiers.Contains(identifier.Name))
                return (field, "is no identifier of this account");
            List<JsonElement> values = identifier.Value.ValueKind == JsonValueKind.Array ? [.. identifier.Value.EnumerateArray()] : [identifier.Value];
            if (values.Count is 0 or > MostValues || values.Exists(value => value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(value.GetString())))
                return (field, $"has 1 to {MostValues} values, texts that are not empty");
            if (identifier.Name == "email" && values.Exists(value => !MailAddress.TryCreate(value.GetString(), out var address) || address.Address != value.GetString()))
                return (field, "is no address");
        }
        return null;
    }
}
