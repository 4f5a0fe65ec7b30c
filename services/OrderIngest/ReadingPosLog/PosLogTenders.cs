namespace OrderIngest.ReadingPosLog;

/// <summary>What was paid in, less what was paid out: tells what the totals mean where they do not say it.</summary>
internal static class PosLogTenders
{
    /// <summary>Negative when money went back; null when no payment has an amount. Cash is rounded, so it is near what is due and not always that.</summary>
    public static decimal? Paid(RetailParts parts)
    {
        decimal? paid = null;
        foreach (var (item, tender) in parts.Tenders)
        {
            if (PosLogWords.IsTrue(item.Says("VoidFlag")) || PosLogWords.IsTrue(item.Says("CancelFlag")) || Amount(tender) is not { } amount)
                continue;
            var isBack = tender.Attribute("TypeCode") is { } kind && (PosLogWords.SaysReturn(kind) || kind.Equals("Change", StringComparison.OrdinalIgnoreCase));
            paid = (paid ?? 0) + (isBack ? -Math.Abs(amount) : amount);
            foreach (var change in tender.All("TenderChange"))
                paid -= Math.Abs(Amount(change) ?? 0);
        }
        // Some write the change on a line of its own.
        foreach (var item in parts.Items)
        {
            foreach (var change in item.All("TenderChange"))
                paid = (paid ?? 0) - Math.Abs(PosLogWords.IsTrue(item.Says("VoidFlag")) ? 0 : Amount(change) ?? 0);
        }
        return paid;
    }

    private static decimal? Amount(XmlPart part) => PosLogWords.AmountOf(part, "Amount");
}
