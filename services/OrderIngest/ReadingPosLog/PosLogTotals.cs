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
        receipt.Tax = First(totals, "TransactionTaxAmount", "TaxAmount") ?? OnTaxLines(parts);
        receipt.Discount = First(totals, "TransactionDiscountAmount", "DiscountTotal", "DiscountAmount", "TransactionTotalDiscountAmount") is { } discount and not 0 ? discount : (decimal?)null;
        receipt.Rounding = First(totals, "RoundingAmount", "TransactionRoundingAmount");
        receipt.Gross = First(totals, "TransactionGrandAmount", "GrandAmount", "TransactionGrossAmount", "GrossAmount", "TransactionAmount", "TransactionTotalAmount", "TransactionAmountTotal")
            ?? (First(totals, "GrossPositive") is { } positive ? positive + (First(totals, "GrossNegative") ?? 0) : (decimal?)null)
            ?? NetWithTax(parts, receipt, paid)
            ?? LinesThatWerePaid(receipt, paid)
            // Without amounts on the lines, or with voided ones whose meaning the total has to tell.
            ?? (receipt.Lines.TrueForAll(line => line.Total is null && line.UnitPrice is null) || receipt.Lines.Exists(line => line.IsVoid) ? paid : null);
        var isTaxInside = IsTaxInside(parts, receipt, paid);
        (receipt.PricesIncludeTax, receipt.IsTaxGuessed) = (isTaxInside ?? true, isTaxInside is null);
        // Everything positive but what was paid: it was paid back.
        receipt.IsReturn |= (receipt.Gross < 0 || PosLogTenders.OnlyWentOut(parts)) && !receipt.Lines.Exists(line => line.IsReturn || line.Quantity < 0 || line.Total < 0);
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

    /// <summary>What the lines and their tax add up to, where it is what was paid.</summary>
    private static decimal? LinesThatWerePaid(Receipt receipt, decimal? paid)
    {
        if (paid is not { } due)
            return null;
        var sums = LineSums.Of(receipt.Lines);
        if (sums.IsTaxInside(due, receipt.Tax) is { } inside)
            return Math.Sign(due) * Math.Abs(inside ? sums.Amount : sums.WithTax(receipt.Tax));
        return !sums.Explain(due, receipt.Tax) && sums.WithoutDiscount.Explain(due, receipt.Tax) ? due : null;
    }

    private static decimal? OnTaxLines(RetailParts parts)
    {
        decimal? sum = null;
        foreach (var item in parts.Items)
        {
            foreach (var tax in item.All("Tax"))
            {
                if (!PosLogWords.IsTrue(item.Says("VoidFlag")) && PosLogWords.AmountOf(tax, "Amount") is { } amount)
                    sum = (sum ?? 0) + amount;
            }
        }
        return sum;
    }

    // Discounts and deposits blur the sums.
    private static bool? IsTaxInside(RetailParts parts, Receipt receipt, decimal? paid) =>
        ((receipt.Gross ?? paid) is { } due ? LineSums.Of(receipt.Lines).IsTaxInside(due, receipt.Tax) : null) ?? LinesSayTaxIsInside(parts);

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
