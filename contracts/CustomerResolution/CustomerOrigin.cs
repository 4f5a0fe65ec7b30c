using System.Text.Json.Serialization;

namespace Contracts.CustomerResolution;

/// <summary>Which step found the customer. Written in JSON as text; members are only ever appended.</summary>
[JsonConverter(typeof(UnknownWhenNewer<CustomerOrigin>))]
public enum CustomerOrigin
{
    /// <summary>Not stated.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown = 0,

    /// <summary>The order carried the e-mail address.</summary>
    [JsonStringEnumMemberName("order")]
    Order = 1,

    /// <summary>The loyalty provider, by card.</summary>
    [JsonStringEnumMemberName("loyaltyProvider")]
    LoyaltyProvider = 2,

    /// <summary>The web shop's contacts, by card.</summary>
    [JsonStringEnumMemberName("webShopContacts")]
    WebShopContacts = 3,
}
