namespace OrderIngest.ReadingOrders;

/// <summary>
/// Takes out what the till took back. Tills do it in four ways: the flagged line names the one it voids; it repeats that line with the signs turned; it repeats
/// it as it was; or the original itself is flagged. In the first two both lines go, in the last the flagged line goes alone. The third looks like the fourth
/// after a second piece of the same article: there the total decides. Lines that were left out altogether leave nothing but a gap in the numbers.
/// </summary>
internal static class VoidedLines
{
    public static List<ReceiptLine> TakeOut(IReadOnlyList<ReceiptLine> lines, decimal? gross)
    {
        var gone = new HashSet<ReceiptLine>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (!line.IsVoid)
                continue;
            gone.Add(line);
            if (line.VoidedNumber is { } number)
            {
                if (lines.FirstOrDefault(other => other != line && other.Number == number && !other.IsVoid) is { } named)
                    gone.Add(named);
                continue;
            }
            // A repetition stands behind its original.
            for (var before = i - 1; before >= 0; before--)
            {
                if (lines[before].IsVoid || gone.Contains(lines[before]) || !Repeats(line, lines[before]) || !IsTurned(line) && !BothGo(lines, gone, lines[before], gross))
                    continue;
                gone.Add(lines[before]);
                break;
            }
        }
        return [.. lines.Where(line => !gone.Contains(line))];
    }

    private static bool IsTurned(ReceiptLine line) => line.Quantity < 0 || line.Total < 0;

    /// <summary>Whether what was paid is the sum without the original, and not the sum with it.</summary>
    private static bool BothGo(IReadOnlyList<ReceiptLine> lines, HashSet<ReceiptLine> gone, ReceiptLine original, decimal? gross)
    {
        var left = lines.Where(line => !line.IsVoid && !gone.Contains(line)).Sum(line => line.Total ?? 0);
        return gross is { } paid && original.Total is { } total && Math.Abs(Math.Abs(left - total) - Math.Abs(paid)) < Math.Abs(Math.Abs(left) - Math.Abs(paid));
    }

    private static bool Repeats(ReceiptLine line, ReceiptLine other) =>
        (line.Sku, line.Barcode) == (other.Sku, other.Barcode) && Size(line.Quantity) == Size(other.Quantity) && (Size(line.Total) == Size(other.Total) || line.Total is null or 0);

    private static decimal? Size(decimal? amount) => amount is null ? null : Math.Abs(amount.Value);
}
