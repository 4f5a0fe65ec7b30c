using System.Globalization;
using System.Text;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>
/// Numbers as a source writes them. Nothing is guessed: a sign that is not configured is refused, and thousands must stand in threes, so that 1,5 is never
/// taken for 15. A minus may stand behind the number, as SAP writes it. Blanks around it are let go, a line end is not: it stands where a sign or a digit was.
/// </summary>
/// <param name="decimalSign">Between whole and fraction.</param>
/// <param name="thousands">Between groups of three digits; null = there are none. A blank stands for the blanks of Unicode that do not break, too.</param>
internal sealed class FlatNumbers(char decimalSign, char? thousands)
{
    private const int Longest = 64;

    /// <summary>What a number looks like, for faults.</summary>
    public string Says { get; } =
        $"must be a number with {(decimalSign == ',' ? "a decimal comma" : "a decimal point")}{(thousands is null ? " and without thousands separators" : "")}";

    /// <summary>Reads bytes of any encoding in which ASCII stands for itself; false also for a number that needs other characters than ASCII's.</summary>
    public bool TryParse(ReadOnlySpan<byte> bytes, out decimal number)
    {
        number = 0;
        Span<char> text = stackalloc char[Longest];
        return bytes.Length <= Longest && Ascii.ToUtf16(bytes, text, out var length) == System.Buffers.OperationStatus.Done && TryParse(text[..length], out number);
    }

    public bool TryParse(ReadOnlySpan<char> text, out decimal number)
    {
        number = 0;
        if (IsBroken(text))
            return false;
        text = text.Trim();
        if (text.Length is 0 or > Longest)
            return false;
        var negative = text[0] == '-' || text[^1] == '-';
        if (text[0] is '-' or '+')
            text = text[1..];
        else if (text[^1] is '-' or '+')
            text = text[..^1];
        var point = text.IndexOf(decimalSign);
        var fraction = point < 0 ? default : text[(point + 1)..];
        Span<char> plain = stackalloc char[Longest + 1];
        var length = Whole(point < 0 ? text : text[..point], plain);
        if (length < 0 || fraction.ContainsAnyExceptInRange('0', '9') || length + fraction.Length == 0)
            return false;
        plain[length++] = '.';
        fraction.CopyTo(plain[length..]);
        if (!decimal.TryParse(plain[..(length + fraction.Length)], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number))
            return false;
        number = negative ? -number : number;
        return true;
    }

    /// <summary>True when there is a line end in it.</summary>
    public static bool IsBroken(ReadOnlySpan<char> text) => text.ContainsAny('\r', '\n');

    /// <summary>Copies the digits before the decimal sign and answers how many; -1 when there is something else among them.</summary>
    private int Whole(ReadOnlySpan<char> text, Span<char> plain)
    {
        var (length, group, grouped) = (0, 0, false);
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter))
            {
                plain[length++] = letter;
                group++;
            }
            else if (IsThousands(letter) && (grouped ? group == 3 : group is >= 1 and <= 3))
                (grouped, group) = (true, 0);
            else
                return -1;
        }
        return grouped && group != 3 ? -1 : length;
    }

    private bool IsThousands(char letter) => thousands is { } separator
        && (letter == separator || separator == ' ' && letter is '\u00A0' or '\u202F' || separator == '\'' && letter == '\u2019');
}
