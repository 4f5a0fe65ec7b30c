namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>The retailer's own numbers of customers.</summary>
internal static class CustomerNumber
{
    /// <summary>Longest number, in characters.</summary>
    public const int MaxLength = 128;

    /// <summary>The trimmed number, or null when the text is none: nothing, no letter or digit, a control character, or too long.</summary>
    public static string? Normalise(string? text) =>
        text?.Trim() is { Length: <= MaxLength } number && number.Any(char.IsLetterOrDigit) && !number.Any(char.IsControl) ? number : null;
}
