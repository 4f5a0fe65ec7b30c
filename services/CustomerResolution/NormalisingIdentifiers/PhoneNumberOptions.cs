using System.ComponentModel.DataAnnotations;

namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>Section <c>PhoneNumbers</c>: how numbers without a country are dialled where the stores are.</summary>
internal sealed class PhoneNumberOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "PhoneNumbers";

    /// <summary>Country code of numbers that bring none, in digits, for example 44. No default: such numbers then identify nobody.</summary>
    [RegularExpression("^[1-9][0-9]{0,2}$", ErrorMessage = "is not a country code: one to three digits without +, for example 44")]
    public string? DefaultCountryCode { get; init; }

    /// <summary>Dialled before a national number and no part of it. Default 0; empty where the first digit belongs to the number, as in Italy.</summary>
    [RegularExpression("^[0-9]{0,3}$", ErrorMessage = "is not a trunk prefix: up to three digits, or empty")]
    public string TrunkPrefix { get; init; } = "0";

    /// <summary>Dialled in place of +. Default 00; 011 in North America.</summary>
    [RegularExpression("^[0-9]{2,5}$", ErrorMessage = "is not what is dialled before a country code: two to five digits")]
    public string InternationalPrefix { get; init; } = "00";
}
