using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// An object of somebody else's JSON, read as tills write it: numbers as text or as numbers, nothing as null, as blank text or as the text "null". What cannot be
/// used is a fault with its path.
/// </summary>
internal sealed class JsonPart(JsonElement json, string path, List<Fault> faults)
{
    private const NumberStyles PlainNumber =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    // Only names that readers ask for.
    private static readonly ConcurrentDictionary<string, string> Camel = new(StringComparer.Ordinal);

    // Sums and products of such numbers fit into a decimal.
    private const decimal Largest = 1_000_000_000_000m;

    /// <summary>Where it is, as a JSON path.</summary>
    public string Path { get; } = path;

    public List<Fault> Faults { get; } = faults;

    /// <summary>Notes a fault, once however often the value is asked for.</summary>
    public void Fault(string name, string says)
    {
        var fault = new Fault($"{Path}.{name}", says);
        if (!Faults.Contains(fault))
            Faults.Add(fault);
    }

    public bool Has(string name) => Find(name) is not null;

    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) is not { } value)
                continue;
            if (value.ValueKind == JsonValueKind.Number)
                return value.GetRawText();
            if (value.ValueKind == JsonValueKind.String && Read(value, name)?.Trim() is { Length: > 0 } text && !text.Equals("null", StringComparison.OrdinalIgnoreCase))
                return text;
        }
        return null;
    }

    public decimal? Number(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(name) is not { } text)
                continue;
            if (decimal.TryParse(text, PlainNumber, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < Largest)
                return number;
            Fault(name, "must be a number with a decimal point, below 1,000,000,000,000");
            return null;
        }
        return null;
    }

    public bool IsTrue(string name) => Find(name) is { } value && (value.ValueKind == JsonValueKind.True || value.ValueKind == JsonValueKind.String && Read(value, name) is "true" or "True" or "1");

    /// <summary>The object with this name, or null.</summary>
    public JsonPart? Part(string name) => Find(name) is { ValueKind: JsonValueKind.Object } part ? new(part, $"{Path}.{name}", Faults) : null;

    /// <summary>The objects in the list with this name; none when there is no list.</summary>
    public IReadOnlyList<JsonPart> Parts(string name)
    {
        var parts = new List<JsonPart>();
        if (Find(name) is not { } list || list.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
            return parts;
        if (list.ValueKind == JsonValueKind.Object)
        {
            // What another version of the API puts around a list must not pass for an empty one.
            Fault(name, "must be a list");
            return parts;
        }
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
                parts.Add(new(item, $"{Path}.{name}[{parts.Count}]", Faults));
            else
                Faults.Add(new($"{Path}.{name}[{parts.Count}]", "must be a JSON object"));
        }
        return parts;
    }

    /// <summary>The vendors' own libraries write <c>line_items</c> as <c>lineItems</c>.</summary>
    private static string InLibraries(string name) => Camel.GetOrAdd(name, static words => string.Concat(words.Split('_').Select((word, at) => at == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..])));

    private JsonElement? Find(string name)
    {
        try
        {
            return (json.TryGetProperty(name, out var value) || json.TryGetProperty(InLibraries(name), out value)) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // Some name in this object is half a surrogate pair; it may be the one that was looked for.
            var fault = new Fault(Path, "has a name that is not valid text");
            if (!Faults.Contains(fault))
                Faults.Add(fault);
            return null;
        }
    }

    private string? Read(JsonElement value, string name)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8.
            Faults.Add(new($"{Path}.{name}", "is not valid text"));
            return null;
        }
    }
}
