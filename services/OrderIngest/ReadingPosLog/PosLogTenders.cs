namespace OrderIngest.ReadingPosLog;

/// <summary>What was paid in, less what was paid out: tells what the totals mean where they do not say it.</summary>
internal static class PosLogTenders
{
    /// <summary>Negative when money went back; null when no payment has an amount. Cash is rounded, so it is near what is due and not always that.</summary>
    public static decimal? Paid(RetailParts parts)
    {
        decimal? paid = null;
        foreach (var (tender, amount) in Amounts(parts))
        {
            paid = (paid ?? 0) + amount;
            // Change that is a payment with a minus may be stated in it a second time.
            if (amount < 0)
                continue;
            foreach (var change in tender.All("TenderChange"))
                paid -= Math.Abs(PosLogWords.AmountOf(change, "Amount") ?? 0);
        }
        // Some write the change on a line of its own.
        foreach (var item in parts.Items)
        {
            foreach (var change in item.All("TenderChange"))
                paid = (paid ?? 0) - Math.Abs(PosLogWords.IsTrue(item.Says("VoidFlag")) ? 0 : PosLogWords.AmountOf(change, "Amount") ?? 0);
        }
        return paid;
    }

    /// <summary>Money was paid out and none was paid in. More going out than in tells nothing: some have cash paid out from their card.</summary>
    public static bool OnlyWentOut(RetailParts parts)
    {
        var went = false;
        foreach (var (_, amount) in Amounts(parts))
        {
            if (amount > 0)
                return false;
            went |= amount < 0;
        }
        return went;
    }

    /// <summary>Payments that stand, with a minus what went out.</summary>
    private static IEnumerable<(XmlPart Tender, decimal Amount)> Amounts(RetailParts parts)
    {
        foreach (var (item, tender) in parts.Tenders)
        {
            if (PosLogWords.IsTrue(item.Says("VoidFlag")) || PosLogWords.IsTrue(item.Says("CancelFlag")) || PosLogWords.AmountOf(tender, "Amount") is not { } amount)
                continue;
            var isBack = tender.Attribute("TypeCode") is { } kind && (PosLogWords.SaysReturn(kind) || kind.Equals("Change", StringComparison.OrdinalIgnoreCase));
            yield return (tender, isBack ? -Math.Abs(amount) : amount);
        }
    }
}
