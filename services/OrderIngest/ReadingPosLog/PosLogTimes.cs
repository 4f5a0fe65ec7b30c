namespace OrderIngest.ReadingPosLog;

/// <summary>When a transaction was closed, as text.</summary>
internal static class PosLogTimes
{
    private static readonly string[] Names = ["EndDateTime", "ReceiptDateTime", "POSLogDateTime", "BeginDateTime"];

    private static readonly string[] OffsetAttributes = ["Offset", "TimeZoneOffset", "UTCOffset", "GMTOffset"];

    /// <summary>The first of the times that is there, the end before all others; an offset that stands in an attribute is put behind it.</summary>
    public static string? Closed(XmlPart part)
    {
        foreach (var name in Names)
        {
            if (part.Child(name) is not { Text.Length: > 0 } time)
                continue;
            var text = time.Text;
            foreach (var attribute in OffsetAttributes)
            {
                if (!HasOffset(text) && time.Attribute(attribute) is { Length: 6 } offset && offset[0] is '+' or '-')
                    return text + time.Attribute(attribute);
            }
            return text;
        }
        return null;
    }

    private static bool HasOffset(string text) => text.EndsWith('Z') || text.Length > 10 && text.AsSpan(10).IndexOfAny('+', '-') >= 0;
}
