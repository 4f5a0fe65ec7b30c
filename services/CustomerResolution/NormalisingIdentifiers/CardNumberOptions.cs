using System.ComponentModel.DataAnnotations;

namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>
/// Section <c>CardNumbers</c>: what makes two scans the same loyalty card. Blanks never count. The steps come in this order: blanks and hyphens,
/// check digit, prefix, leading zeros, length.
/// </summary>
internal sealed class CardNumberOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "CardNumbers";

    /// <summary>Default <see cref="HyphenRule.Remove"/>.</summary>
    public HyphenRule Hyphens { get; init; }

    /// <summary>Of a number that scanners send whole. Default <see cref="CheckDigitRule.None"/>.</summary>
    public CheckDigitRule CheckDigit { get; init; }

    /// <summary>Cut off where a number begins with it and goes on, for tills that send it and tills that do not. No default.</summary>
    [StringLength(32)]
    public string? Prefix { get; init; }

    /// <summary>Of numbers of digits only. Default <see cref="LeadingZeroRule.Keep"/>.</summary>
    public LeadingZeroRule LeadingZeros { get; init; }

    /// <summary>Numbers of digits only that are shorter get zeros in front, in digits: a spreadsheet has taken them away. Default 0 = off, up to 64.</summary>
    [Range(0, 64)]
    public int PadTo { get; init; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Enum.IsDefined(Hyphens))
            yield return new($"is none of {string.Join(", ", Enum.GetNames<HyphenRule>())}", [nameof(Hyphens)]);
        if (!Enum.IsDefined(CheckDigit))
            yield return new($"is none of {string.Join(", ", Enum.GetNames<CheckDigitRule>())}", [nameof(CheckDigit)]);
        if (!Enum.IsDefined(LeadingZeros))
            yield return new($"is none of {string.Join(", ", Enum.GetNames<LeadingZeroRule>())}", [nameof(LeadingZeros)]);
        if (Prefix is not null && (Prefix.Length == 0 || !Prefix.All(c => char.IsAsciiLetterOrDigit(c) || (c == '-' && Hyphens == HyphenRule.Keep))))
            yield return new("must be letters and digits, as they stand once blanks and hyphens are gone", [nameof(Prefix)]);
    }
}
