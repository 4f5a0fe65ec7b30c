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

    /// <summary>The loyalty provider, by card, customer number or telephone number.</summary>
    [JsonStringEnumMemberName("loyaltyProvider")]
    LoyaltyProvider = 2,

    /// <summary>The web shop's contacts, by card.</summary>
    [JsonStringEnumMemberName("webShopContacts")]
    WebShopContacts = 3,

    /// <summary>The notice that the card was registered carried the address, and nobody who was asked knew the card yet.</summary>
    [JsonStringEnumMemberName("cardRegistration")]
    CardRegistration = 4,

    /// <summary>Customer service attached the receipt to the customer.</summary>
    [JsonStringEnumMemberName("claim")]
    Claim = 5,
}
