using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingPosLog;

/// <summary>
/// Totals and currency. What was paid is often not stated: then the first of these that is there: grand amount; gross amount; amount; gross positive and gross
/// negative together; net and tax, where net alone is not what the lines cost (one vendor's net contains the tax); the lines.
/// </summary>
internal static class PosLogTotals
{
    private const decimal Tolerance = 0.05m;

    public static void Read(XmlPart transaction, XmlPart retail, Receipt receipt, List<Fault> faults)
    {
        var totals = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var total in retail.All("Total"))
        {
            var type = PosLogWords.Local(total.Attribute("TotalType") ?? "");
            if (total.Text.Length == 0)
                continue;
            if (PosLogWords.TryNumber(total.Text, out var amount))
                totals.TryAdd(type, amount);
            else
                faults.Add(new($"Total {type}", "must be a number with a decimal point"));
        }
        decimal? Of(params ReadOnlySpan<string> types)
        {
            foreach (var type in types)
            {
                if (totals.TryGetValue(type, out var amount))
                    return amount;
            }
            return null;
        }

        receipt.Net = Of("TransactionNetAmount", "NetAmount");
        receipt.Tax = Of("TransactionTaxAmount", "TaxAmount");
        receipt.Discount = Of("TransactionDiscountAmount", "DiscountTotal", "DiscountAmount") is { } discount and not 0 ? discount : (decimal?)null;
        receipt.Rounding = Of("RoundingAmount", "TransactionRoundingAmount");
        receipt.Gross = Of("TransactionGrandAmount", "GrandAmount", "TransactionGrossAmount", "GrossAmount", "TransactionAmount", "TransactionTotalAmount")
            ?? (Of("GrossPositive") is { } positive ? positive + (Of("GrossNegative") ?? 0) : (decimal?)null)
            ?? NetWithTax(retail, receipt);
        receipt.PricesIncludeTax = IncludeTax(retail, receipt);
        // Everything positive but what was paid: it was paid back.
        receipt.IsReturn |= receipt.Gross < 0 && !receipt.Lines.Exists(line => line.IsReturn || line.Quantity < 0 || line.Total < 0);
        receipt.Currency = Currency(transaction, retail);
    }

    private static decimal? NetWithTax(XmlPart retail, Receipt receipt)
    {
        if (receipt is not { Net: { } net, Tax: { } tax })
            return receipt.Net;
        var isLines = Math.Abs(Math.Abs(receipt.Lines.Where(line => !line.IsVoid).Sum(line => line.Total ?? 0)) - Math.Abs(net)) <= Tolerance;
        return isLines && LinesSayTaxIsInside(retail) != false ? net : net + tax;
    }

    private static bool IncludeTax(XmlPart retail, Receipt receipt)
    {
        var lines = receipt.Lines.Where(line => !line.IsVoid).ToList();
        var sum = Math.Abs(lines.Sum(line => line.Total ?? 0));
        var tax = receipt.Tax is { } stated ? Math.Abs(stated) : lines.Sum(line => Math.Abs(line.TaxAmount ?? 0));
        if (receipt.Gross is { } gross && tax > Tolerance)
        {
            if (Math.Abs(sum - Math.Abs(gross)) <= Tolerance)
                return true;
            if (Math.Abs(sum + tax - Math.Abs(gross)) <= Tolerance)
                return false;
        }
        // Discounts and deposits blur the sums.
        return LinesSayTaxIsInside(retail) ?? true;
    }

    private static bool? LinesSayTaxIsInside(XmlPart retail) => retail.All("LineItem").SelectMany(item => item.Children).SelectMany(goods => goods.All("Tax"))
        .Select(tax => tax.Child("TaxableAmount")?.Attribute("TaxIncludedInTaxableAmountFlag")).FirstOrDefault(flag => flag is not null) is { } flag ? PosLogWords.IsTrue(flag) : null;

    private static string? Currency(XmlPart transaction, XmlPart retail)
    {
        var goods = retail.All("LineItem").SelectMany(item => item.Children).ToList();
        return new[] { transaction.TextOf("CurrencyCode"), retail.TextOf("CurrencyCode") }
            .Concat(retail.All("Total").Select(InAttribute))
            .Concat(goods.SelectMany(part => part.Children).Select(InAttribute))
            .Concat(goods.Select(part => part.TextOf("CurrencyCode") ?? part.Attribute("CurrencyCode")))
            // XXX is the standard's word for no currency.
            .FirstOrDefault(code => code is { Length: 3 } && !code.Equals("XXX", StringComparison.OrdinalIgnoreCase));
    }

    private static string? InAttribute(XmlPart part) => part.Attribute("CurrencyCode") ?? part.Attribute("Currency");
}
