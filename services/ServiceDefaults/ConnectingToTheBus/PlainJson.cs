using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>
/// Message bodies are plain camelCase JSON with numbers as numbers and absent values left out; type and ids travel in transport
/// headers. Anybody can read a topic without MassTransit.
/// </summary>
public static class PlainJson
{
    /// <summary>Writes and reads a body exactly as the bus does.</summary>
    public static JsonSerializerOptions Options { get; } = Adjust(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    internal static void Use(IBusFactoryConfigurator bus)
    {
        bus.ConfigureJsonSerializerOptions(Adjust);
        bus.ClearSerialization();
        bus.UseRawJsonSerializer(RawSerializerOptions.Default, isDefault: true);
    }

    private static JsonSerializerOptions Adjust(JsonSerializerOptions options)
    {
        options.WriteIndented = false;
        // Letters stay letters: nobody puts a body into a web page, and escapes make it longer and harder to read.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // MassTransit writes decimals as strings by default; other readers expect numbers.
        foreach (var converter in options.Converters.OfType<JsonConverter<decimal>>().ToList())
            options.Converters.Remove(converter);
        return options;
    }
}
