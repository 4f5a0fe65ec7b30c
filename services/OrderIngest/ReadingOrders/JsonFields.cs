using System.Text.Json;

namespace OrderIngest.ReadingOrders;

/// <summary>Fields of a JSON object. Names are matched whatever their case; unknown ones are ignored, doubled ones refused.</summary>
internal sealed class JsonFields : Fields
{
    private readonly string _path;
    private readonly List<Fault> _faults;
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.OrdinalIgnoreCase);

    private JsonFields(JsonElement json, string path, List<Fault> faults)
        : base(faults)
    {
        (_path, _faults) = (path, faults);
        foreach (var property in json.EnumerateObject())
        {
            if (NameOf(property) is not { } name)
                faults.Add(new(path, "has a name that is not valid text"));
            else if (!_values.TryAdd(name, property.Value) && Known.Contains(name))
                Fault(Known.Single(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)), "is there twice");
        }
    }

    /// <summary>Names the rules ask for: a doubled name among the others is nobody's business.</summary>
    private static HashSet<string> Known { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        "source", "storeId", "registerId", "receiptNumber", "orderNumber", "businessDate", "kind", "occurredAt", "currency", "pricesIncludeTax", "customer", "lines", "totals", "originalReceipt",
        "loyaltyCard", "customerNumber", "email", "phone", "number", "sku", "barcode", "description", "quantity", "unit", "unitPrice", "discount", "taxAmount", "taxRate", "total", "voided",
        "net", "tax", "gross", "rounding", "exchange", "goodsKept",
    };

    /// <summary>The parts of an order, or null with the fault noted when it is no object.</summary>
    public static SubmittedFields? Split(JsonElement json, int maxLines, List<Fault> faults)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new("$", "must be a JSON object"));
            return null;
        }
        var order = new JsonFields(json, "$", faults);
        return new(order, order.Part("customer"), order.Part("totals"), order.Part("originalReceipt"), order.Lines(maxLines));
    }

    public override string At(string name) => $"{_path}.{name}";

    protected override RawValue Raw(string name)
    {
        if (!_values.TryGetValue(name, out var value))
            return RawValue.Absent;
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return RawValue.Absent;
            case JsonValueKind.True:
                return new(RawKind.True);
            case JsonValueKind.False:
                return new(RawKind.False);
            case JsonValueKind.Number:
                return value.TryGetDecimal(out var number) ? new(RawKind.Number, Number: number) : RawValue.Broken("is not a number of usable size");
            case JsonValueKind.String:
                try
                {
                    return new(RawKind.Text, value.GetString());
                }
                catch (InvalidOperationException)
                {
                    // Half a surrogate pair, or bytes that are not UTF-8.
                    return RawValue.Broken("is not valid text");
                }
            default:
                return RawValue.Broken("must be a single value");
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private JsonFields? Part(string name)
    {
        if (!_values.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new(value, At(name), _faults);
        Fault(name, "must be a JSON object");
        return null;
    }

    private List<JsonFields> Lines(int maxLines)
    {
        var lines = new List<JsonFields>();
        if (!_values.TryGetValue("lines", out var value) || value.ValueKind == JsonValueKind.Null)
            Fault("lines", "is required");
        else if (value.ValueKind != JsonValueKind.Array)
            Fault("lines", "must be a list");
        else if (value.GetArrayLength() > maxLines)
            Fault("lines", $"has more than {maxLines} lines");
        else if (value.GetArrayLength() == 0)
            Fault("lines", "must have at least one line");
        else
        {
            foreach (var line in value.EnumerateArray())
            {
                var path = $"$.lines[{lines.Count}]";
                if (line.ValueKind == JsonValueKind.Object)
                    lines.Add(new(line, path, _faults));
                else
                {
                    _faults.Add(new(path, "must be a JSON object"));
                    return [];
                }
            }
        }
        return lines;
    }
}
