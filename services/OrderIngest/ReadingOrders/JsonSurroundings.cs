namespace OrderIngest.ReadingOrders;

/// <summary>What stands between the objects that are read.</summary>
internal static class JsonSurroundings
{
    // More blanks than that say nothing any more.
    private const int LookedAt = 4096;

    /// <summary>Whether the object that ends here is followed by the end, by another one, or by the end of what is around it.</summary>
    /// <param name="window">The stream.</param>
    /// <param name="end">The byte behind the object's brace.</param>
    /// <param name="isLine">The object is a line of its own, so that nothing below says anything about it.</param>
    /// <param name="around">Braces and brackets that are open.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async ValueTask<bool> IsSeparated(ByteWindow window, long end, bool isLine, Stack<byte> around, CancellationToken cancellationToken)
    {
        var comma = false;
        for (var at = end; at - end < LookedAt; at++)
        {
            while (at >= window.End && !window.IsEnded)
                await window.Fill(cancellationToken);
            if (at >= window.End)
                return true;
            switch (window[at])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\r':
                    break;
                case (byte)'\n':
                    if (isLine)
                        return true;
                    break;
                case (byte)',' when !comma:
                    comma = true;
                    break;
                case (byte)'"':
                    // In a wrapper the next name may follow.
                    return comma && around.TryPeek(out var open) && open == '{';
                case (byte)'{' or 0x1E or 0xEF:
                    return true;
                case (byte)']' or (byte)'}':
                    return around.Count > 0;
                default:
                    return false;
            }
        }
        return true;
    }

    /// <summary>Passes over the value behind a name, holding nothing of it; answers where it ends.</summary>
    public static async ValueTask<long> PassValue(ByteWindow window, long at, CancellationToken cancellationToken)
    {
        var (depth, text) = (0, false);
        for (; await window.Has(at, cancellationToken); at++)
        {
            var mark = window[at];
            if (text && mark == '\\')
                at++;
            else if (mark == '"')
                text = !text;
            else if (!text && mark is (byte)'{' or (byte)'[')
                depth++;
            else if (!text && depth > 0 && mark is (byte)'}' or (byte)']')
                depth--;
            else if (!text && depth == 0 && mark is (byte)',' or (byte)'}')
                return at;
        }
        return Math.Min(at, window.End);
    }
}
