namespace OrderIngest.ReadingOrders;

/// <summary>
/// At some tills a line's amount is what it cost before its discount, at others what is left of it. Where the amounts do not add up to what was paid, and the amounts
/// less their discounts do, they were those before.
/// </summary>
internal static class StatedDiscounts
{
    public static void TakeOff(List<ReceiptLine> lines, Receipt receipt)
    {
        var sums = LineSums.Of(lines);
        if (receipt.Gross is not { } paid || sums.Discount == 0 || sums.Explain(paid, receipt.Tax))
            return;
        var left = sums.WithoutDiscount;
        if (!left.Explain(paid, receipt.Tax))
            return;
        foreach (var line in lines)
        {
            if (line.StatedDiscount is not { } stated || stated == 0 || (line.Total ?? line.UnitPrice * line.Quantity) is not { } total)
                continue;
            var size = Math.Max(0, Math.Abs(total) - Math.Abs(stated));
            line.Discount = (line.Discount is { } inside ? Math.Abs(inside) : 0) + Math.Abs(total) - size;
            line.Total = total < 0 ? -size : size;
        }
        receipt.PricesIncludeTax = left.IsTaxInside(paid, receipt.Tax) ?? receipt.PricesIncludeTax;
        receipt.Notes.Add("the lines' discounts are taken off their amounts");
    }
}
