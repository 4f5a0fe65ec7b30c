using System.Text.RegularExpressions;

namespace OrderIngest.ReadingPosLog;

/// <summary>When a transaction was closed, as text that the rules read.</summary>
internal static partial class PosLogTimes
{
    /// <summary>Length of <c>2026-11-20T17:12</c>: a shorter text is no time.</summary>
    private const int Shortest = 16;

    /// <summary>Length of <c>2026-11-20T17:12:00.1234567</c>: as many digits as a clock of .NET has.</summary>
    private const int LongestLocal = 27;

    private static readonly string[] Names = ["EndDateTime", "ReceiptDateTime", "POSLogDateTime", "TransactionDateTime", "BeginDateTime"];

    /// <summary>The first of the times that is there, the end before all others, the times of lines last; an offset that stands in an attribute is put behind it.</summary>
    public static string? Closed(RetailParts parts)
    {
        string? written = null;
        foreach (var name in Names)
        {
            if ((Of(parts.Transaction, name) ?? Of(parts.Retail, name)) is not { } time)
                continue;
            var text = Plain(time);
            // A date alone is no time; another element may have it.
            if (text.Length >= Shortest)
                return HasOffset(text) ? text : Again(parts.Transaction, text) ?? text;
            written ??= text;
        }
        for (var i = parts.Items.Count - 1; i >= 0; i--)
        {
            var item = parts.Items[i];
            if ((item.Child("EndDateTime") ?? item.Child("DateTime") ?? item.Child("BeginDateTime")) is { Text.Length: >= Shortest } time)
                return Plain(time);
        }
        return written ?? (parts.Transaction.Child("POSLogDateTime") is { Text.Length: > 0 } sent ? Plain(sent) : null);
    }

    /// <summary>The same moment in another element that has the offset, or null; where that says UTC, one of both is wrong.</summary>
    private static string? Again(XmlPart transaction, string local)
    {
        foreach (var name in Names)
        {
            foreach (var time in transaction.All(name))
            {
                var text = Plain(time);
                if (text.Length > local.Length && text.StartsWith(local, StringComparison.Ordinal) && HasOffset(text) && !text.EndsWith('Z'))
                    return text;
            }
        }
        return null;
    }

    /// <summary>Of several ends the last; of several other times the first. When the message was sent is not when something was sold.</summary>
    private static XmlPart? Of(XmlPart part, string name)
    {
        XmlPart? found = null;
        foreach (var time in part.All(name))
        {
            if (time.Text.Length == 0 || time.Attribute("TypeCode") is "Message")
                continue;
            found = time;
            if (name != Names[0])
                break;
        }
        return found;
    }

    private static string Plain(XmlPart time)
    {
        var text = time.Text;
        if (text is [_, _, _, _, '/', _, _, '/', ..])
            text = text.Replace('/', '-');
        if (text.Length >= 14 && text.AsSpan(0, 14).IndexOfAnyExceptInRange('0', '9') < 0)
            text = $"{text[..4]}-{text[4..6]}-{text[6..8]}T{text[8..10]}:{text[10..12]}:{text[12..]}";
        if (text.Length > LongestLocal && text[19] == '.' && text.AsSpan(20).IndexOfAnyExceptInRange('0', '9') is var end && (end < 0 || end > 7))
            text = end < 0 ? text[..LongestLocal] : text.Remove(LongestLocal, end - 7);
        if (text.Length > 19 && text[^5] is '+' or '-')
            text = text.Insert(text.Length - 2, ":");
        else if (text.Length > 19 && text[^3] is '+' or '-')
            text += ":00";
        return HasOffset(text) ? text : text + Offset(time);
    }

    private static string Offset(XmlPart time)
    {
        foreach (var (name, value) in time.Attributes)
        {
            if ((name.Contains("Offset", StringComparison.OrdinalIgnoreCase) || name.Contains("TimeZone", StringComparison.OrdinalIgnoreCase)) && OffsetValue().Match(value.Trim()) is { Success: true } found)
                return $"{(found.Groups[1].Length > 0 ? found.Groups[1].Value : "+")}{found.Groups[2].Value}:{(found.Groups[3].Length > 0 ? found.Groups[3].Value : "00")}";
        }
        return "";
    }

    private static bool HasOffset(string text) => text.EndsWith('Z') || text.Length > 10 && text.AsSpan(10).IndexOfAny('+', '-') >= 0;

    [GeneratedRegex("^(?:UTC|GMT)?([+-])?([0-9]{2}):?([0-9]{2})?(?::00)?$")]
    private static partial Regex OffsetValue();
}
