namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>How the last digit of a card number guards the others.</summary>
internal enum CheckDigitRule
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>ISO/IEC 7812, as on payment cards.</summary>
    Luhn = 1,

    /// <summary>GS1: EAN-13, EAN-8, UPC-A.</summary>
    Ean = 2,
}
