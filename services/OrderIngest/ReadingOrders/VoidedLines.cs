namespace OrderIngest.ReadingOrders;

/// <summary>
/// Takes out what the till took back. Tills do it in four ways: the flagged line names the one it voids; it repeats that line with the signs turned; it repeats
/// it as it was; or the original itself is flagged. In the first two both lines go, in the last the flagged line goes alone. The third looks like the fourth
/// after a second piece of the same article: there the total decides. Lines that were left out altogether leave nothing but a gap in the numbers.
/// </summary>
internal static class VoidedLines
{
    /// <summary>The lines that stand; a line of which only some pieces were voided has fewer then.</summary>
    public static List<ReceiptLine> TakeOut(IReadOnlyList<ReceiptLine> lines, decimal? gross)
    {
        if (!lines.Any(line => line.IsVoid))
            return [.. lines];
        var (gone, paired) = (new HashSet<ReceiptLine>(), new HashSet<ReceiptLine>());
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (!line.IsVoid)
                continue;
            gone.Add(line);
            if (Named(lines, line) is { } named)
            {
                if (!named.IsVoid && !TakeFrom(named, line))
                    gone.Add(named);
                continue;
            }
            // A repetition stands behind its original.
            for (var before = i - 1; before >= 0; before--)
            {
                var other = lines[before];
                if (!Repeats(line, other) || paired.Contains(other) || (other.IsVoid ? !IsTurned(line) || IsTurned(other) : gone.Contains(other) || !IsTurned(line) && !BothGo(lines, gone, other, gross)))
                    continue;
                // An original that is flagged itself is gone already.
                paired.Add(other);
                gone.Add(other);
                break;
            }
        }
        return [.. lines.Where(line => !gone.Contains(line))];
    }

    private static bool IsTurned(ReceiptLine line) => line.Quantity < 0 || line.Total < 0;

    // A link may also lead to the article that a deposit belongs to.
    private static ReceiptLine? Named(IReadOnlyList<ReceiptLine> lines, ReceiptLine line) =>
        line.VoidedNumber is not { } number ? null : lines.FirstOrDefault(other => other != line && Plain(other.Number) == Plain(number) && IsSameArticle(line, other));

    private static string? Plain(string? number) => number?.TrimStart('0');

    private static bool IsSameArticle(ReceiptLine line, ReceiptLine other) => line.Sku is null || other.Sku is null || line.Sku == other.Sku;

    /// <summary>Takes some of the pieces; false when it is about all of them.</summary>
    private static bool TakeFrom(ReceiptLine line, ReceiptLine voided)
    {
        if (line.Quantity is not { } pieces || Size(voided.Quantity) is not { } taken || taken == 0 || taken >= Math.Abs(pieces))
            return false;
        var left = (Math.Abs(pieces) - taken) / Math.Abs(pieces);
        (line.Quantity, line.Total, line.TaxAmount) = (pieces - Math.Sign(pieces) * taken, Round(line.Total * left), Round(line.TaxAmount * left));
        (line.Discount, line.StatedDiscount) = (Round(line.Discount * left), Round(line.StatedDiscount * left));
        return true;
    }

    /// <summary>Whether what was paid is nearer to the sum without the original than to the sum with it.</summary>
    private static bool BothGo(IReadOnlyList<ReceiptLine> lines, HashSet<ReceiptLine> gone, ReceiptLine original, decimal? gross)
    {
        if (gross is not { } paid)
            return false;
        var left = lines.Where(line => !line.IsVoid && !gone.Contains(line)).ToList();
        return Distance(left.Where(line => line != original), Math.Abs(paid)) < Distance(left, Math.Abs(paid));
    }

    // The tax may be inside or on top.
    private static decimal Distance(IEnumerable<ReceiptLine> lines, decimal paid)
    {
        var (sum, tax) = (0m, 0m);
        foreach (var line in lines)
            (sum, tax) = (sum + (line.Total ?? line.UnitPrice * line.Quantity ?? 0), tax + (line.TaxAmount ?? 0));
        return Math.Min(Math.Abs(Math.Abs(sum) - paid), Math.Abs(Math.Abs(sum + tax) - paid));
    }

    private static bool Repeats(ReceiptLine line, ReceiptLine other) =>
        (line.Sku, line.Barcode) == (other.Sku, other.Barcode) && Size(line.Quantity) == Size(other.Quantity) && (Size(line.Total) == Size(other.Total) || line.Total is null or 0);

    private static decimal? Size(decimal? amount) => amount is null ? null : Math.Abs(amount.Value);

    private static decimal? Round(decimal? amount) => amount is null ? null : decimal.Round(amount.Value, 4);
}
