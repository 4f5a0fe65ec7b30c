using System.Text.Json.Serialization;

namespace Contracts.OrderIngest;

/// <summary>Which way goods and money moved. Written in JSON as text; members are only ever appended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderKind>))]
public enum OrderKind
{
    /// <summary>Not stated; never published.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown = 0,

    /// <summary>Goods were sold.</summary>
    [JsonStringEnumMemberName("sale")]
    Sale = 1,

    /// <summary>Goods came back; quantities and amounts are positive all the same.</summary>
    [JsonStringEnumMemberName("return")]
    Return = 2,
}
