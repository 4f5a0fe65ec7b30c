namespace OrderIngest.RepairingRejectedInput;

/// <summary>A cell of a CSV file (RFC 4180) that somebody opens in a spreadsheet: what begins like a formula came from outside and must not run.</summary>
internal static class SpreadsheetText
{
    public static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";
        // Spreadsheets skip leading blanks before they look for the sign; the wide forms count in some of them.
        var start = value.AsSpan().TrimStart();
        var text = value[0] is '\t' or '\r' or '\n' || (start.Length > 0 && start[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠') ? $"'{value}" : value;
        return text.AsSpan().ContainsAny(",;\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
