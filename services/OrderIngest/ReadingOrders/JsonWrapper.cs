using System.Collections.Frozen;
using System.Text.Json;

namespace OrderIngest.ReadingOrders;

/// <summary>Tells an object that only wraps a document or a list of them from a document.</summary>
internal static class JsonWrapper
{
    /// <summary>How far is looked for the name of what is wrapped, in bytes.</summary>
    public const int Prologue = 4096;

    /// <summary>True when the object that begins here holds an object or a list under one of the names.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes, FrozenSet<string> names)
    {
        var reader = new Utf8JsonReader(bytes[..Math.Min(Prologue, bytes.Length)], isFinalBlock: false, default);
        try
        {
            if (!reader.Read())
                return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var wraps = names.Contains(reader.GetString()!);
                // What has an id is a document; it may well hold a list of the same name.
                if (!wraps && reader.ValueTextEquals("id"u8) || !reader.Read())
                    return false;
                if (wraps && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    return true;
                if (!reader.TrySkip())
                    return false;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Damaged: whoever reads it as a document says so.
            return false;
        }
        return false;
    }

    /// <summary>False when it is no valid JSON from its first to its last byte.</summary>
    public static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: true, default);
        try
        {
            while (reader.Read())
            {
                // Reading is what checks.
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
