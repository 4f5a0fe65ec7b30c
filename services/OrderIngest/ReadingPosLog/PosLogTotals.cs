using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingPosLog;

/// <summary>
/// Totals and currency. What was paid is often not stated: then the first of these that is there: grand amount; gross amount; amount; gross positive and gross
/// negative together; net, with the tax unless what was paid or what the lines say shows that it is inside (one vendor's net contains it); the lines.
/// </summary>
internal static class PosLogTotals
{
    private const decimal Tolerance = 0.05m;

    public static void Read(RetailParts parts, Receipt receipt, List<Fault> faults)
    {
        var totals = Stated(parts.Retail, faults);
        var paid = PosLogTenders.Paid(parts);
        receipt.Net = First(totals, "TransactionNetAmount", "NetAmount");
        receipt.Tax = First(totals, "TransactionTaxAmount", "TaxAmount");
        receipt.Discount = First(totals, "TransactionDiscountAmount", "DiscountTotal", "DiscountAmount", "TransactionTotalDiscountAmount") is { } discount and not 0 ? discount : (decimal?)null;
        receipt.Rounding = First(totals, "RoundingAmount", "TransactionRoundingAmount");
        receipt.Gross = First(totals, "TransactionGrandAmount", "GrandAmount", "TransactionGrossAmount", "GrossAmount", "TransactionAmount", "TransactionTotalAmount")
            ?? (First(totals, "GrossPositive") is { } positive ? positive + (First(totals, "GrossNegative") ?? 0) : (decimal?)null)
            ?? NetWithTax(parts, receipt, paid)
            // Without amounts on the lines, or with voided ones whose meaning the total has to tell.
            ?? (receipt.Lines.TrueForAll(line => line.Total is null && line.UnitPrice is null) || receipt.Lines.Exists(line => line.IsVoid) ? paid : null);
        receipt.PricesIncludeTax = IncludeTax(parts, receipt, paid);
        // Everything positive but what was paid: it was paid back.
        receipt.IsReturn |= (receipt.Gross < 0 || paid < 0) && !receipt.Lines.Exists(line => line.IsReturn || line.Quantity < 0 || line.Total < 0);
        receipt.Currency = PosLogCurrency.Of(parts);
    }

    private static Dictionary<string, decimal> Stated(XmlPart retail, List<Fault> faults)
    {
        var totals = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var total in retail.All("Total"))
        {
            if ((total.Attribute("TotalType") ?? total.Attribute("TypeCode")) is { } type)
                Add(PosLogWords.Local(type), total.Text.Length > 0 ? total.Text : total.TextOf("Amount"));
            else
                total.Children.ForEach(child => Add(child.Name, child.Text));
        }
        return totals;

        void Add(string type, string? text)
        {
            if (string.IsNullOrEmpty(text))
                return;
            if (PosLogWords.TryNumber(text, out var amount) && Math.Abs(amount) < 1_000_000_000_000m)
                totals.TryAdd(type, amount);
            // A vendor's further totals may be anything.
            else if (type.EndsWith("Amount", StringComparison.Ordinal))
                faults.Add(new($"Total {type}", "must be a number with a decimal point, below 1,000,000,000,000"));
        }
    }

    private static decimal? First(Dictionary<string, decimal> totals, params ReadOnlySpan<string> types)
    {
        foreach (var type in types)
        {
            if (totals.TryGetValue(type, out var amount))
                return amount;
        }
        return null;
    }

    private static decimal? NetWithTax(RetailParts parts, Receipt receipt, decimal? paid)
    {
        if (receipt is not { Net: { } net, Tax: { } tax })
            return receipt.Net;
        if (paid is { } due and not 0)
            return Math.Abs(Math.Abs(net) - Math.Abs(due)) < Math.Abs(Math.Abs(net + tax) - Math.Abs(due)) ? net : net + tax;
        var isLines = Math.Abs(Math.Abs(receipt.Lines.Where(line => !line.IsVoid).Sum(line => line.Total ?? 0)) - Math.Abs(net)) <= Tolerance;
        return isLines && LinesSayTaxIsInside(parts) == true ? net : net + tax;
    }

    private static bool IncludeTax(RetailParts parts, Receipt receipt, decimal? paid)
    {
        var (sum, ofLines) = (0m, 0m);
        foreach (var line in receipt.Lines)
        {
            if (line.IsVoid)
                continue;
            var amount = line.Total ?? line.UnitPrice * line.Quantity ?? 0;
            sum += line.IsReturn ? -Math.Abs(amount) : amount;
            ofLines += Math.Abs(line.TaxAmount ?? 0);
        }
        var tax = receipt.Tax is { } stated ? Math.Abs(stated) : ofLines;
        if ((receipt.Gross ?? paid) is { } gross && tax > Tolerance)
        {
            if (Math.Abs(Math.Abs(sum) - Math.Abs(gross)) <= Tolerance)
                return true;
            if (Math.Abs(Math.Abs(sum) + tax - Math.Abs(gross)) <= Tolerance)
                return false;
        }
        // Discounts and deposits blur the sums.
        return LinesSayTaxIsInside(parts) ?? true;
    }

    private static bool? LinesSayTaxIsInside(RetailParts parts)
    {
        foreach (var (_, goods) in parts.Goods)
        {
            foreach (var tax in goods.All("Tax"))
            {
                if (tax.Child("TaxableAmount")?.Attribute("TaxIncludedInTaxableAmountFlag") is { } flag)
                    return PosLogWords.IsTrue(flag);
            }
        }
        return null;
    }
}
