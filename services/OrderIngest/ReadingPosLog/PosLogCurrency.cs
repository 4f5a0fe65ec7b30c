using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingPosLog;

/// <summary>The currency: an element of its own, or only an attribute of totals, amounts of lines or payments.</summary>
internal static class PosLogCurrency
{
    public static string? Of(RetailParts parts)
    {
        if ((Known(parts.Transaction.TextOf("CurrencyCode")) ?? Known(parts.Retail.TextOf("CurrencyCode"))) is { } own)
            return own;
        foreach (var total in parts.Retail.All("Total"))
        {
            if (InAttribute(total) is { } code)
                return code;
        }
        foreach (var item in parts.Items)
        {
            foreach (var part in item.Children)
            {
                if ((Known(part.TextOf("CurrencyCode")) ?? InAttribute(part) ?? OfCash(part)) is { } ofPart)
                    return ofPart;
                foreach (var amount in part.Children)
                {
                    if (InAttribute(amount) is { } code)
                        return code;
                }
            }
        }
        return null;
    }

    private static string? InAttribute(XmlPart part) => Known(part.Attribute("CurrencyCode")) ?? Known(part.Attribute("Currency"));

    // One vendor says only which money it was that was paid with.
    private static string? OfCash(XmlPart part) => part.Name == "Tender" && part.Attribute("SubTenderType") is { } kind && Currencies.Has(kind) ? kind : null;

    // XXX is the standard's word for no currency.
    private static string? Known(string? code) => code is { Length: 3 } && !code.Equals("XXX", StringComparison.OrdinalIgnoreCase) ? code : null;
}
