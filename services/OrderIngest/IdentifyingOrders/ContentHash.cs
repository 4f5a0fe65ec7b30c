using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Contracts.OrderIngest;

namespace OrderIngest.IdentifyingOrders;

/// <summary>
/// Tells a repetition from a change: SHA-256 of the normalised order written in one fixed way. 9.90 equals 9.9; absent values are left
/// out, so that a later optional field does not change the hash of orders without it. A test pins the result for a known order.
/// </summary>
internal static class ContentHash
{
    private static readonly JsonSerializerOptions Canonical = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new ShortestDecimal() },
    };

    public static byte[] Of(Order order) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(order, Canonical));

    private sealed class ShortestDecimal : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        // Dividing by a one of full scale drops the zeros at the end.
        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value / 1.0000000000000000000000000000m);
    }
}
