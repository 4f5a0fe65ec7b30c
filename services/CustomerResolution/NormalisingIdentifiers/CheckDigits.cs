namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>Check digits: a misread number is noticed before somebody else's orders get its customer.</summary>
internal static class CheckDigits
{
    /// <summary>True when the last digit fits the others. Letters never do, and one digit alone guards nothing.</summary>
    public static bool Fit(CheckDigitRule rule, ReadOnlySpan<char> number)
    {
        if (rule == CheckDigitRule.None)
            return true;
        var sum = 0;
        for (var fromRight = 0; fromRight < number.Length; fromRight++)
        {
            var c = number[^(fromRight + 1)];
            if (!char.IsAsciiDigit(c))
                return false;
            var (digit, isSecond) = (c - '0', fromRight % 2 == 1);
            sum += (rule, isSecond) switch
            {
                (CheckDigitRule.Luhn, true) => digit > 4 ? (2 * digit) - 9 : 2 * digit,
                (CheckDigitRule.Ean, true) => 3 * digit,
                _ => digit,
            };
        }
        return number.Length > 1 && sum % 10 == 0;
    }
}
