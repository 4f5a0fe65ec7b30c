using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingPosLog;

/// <summary>Which earlier receipt a transaction refers to, and whether it takes that one back as a whole.</summary>
internal static class PosLogLinks
{
    /// <summary>Notes the receipt; true when the transaction voids it (a post-void).</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="parts">Its parts where it is a retail one.</param>
    /// <param name="receipt">Where the earlier receipt is noted.</param>
    /// <param name="kinds">What the transaction says it is: tells where the link gives no reason.</param>
    public static bool Read(XmlPart transaction, RetailParts? parts, Receipt receipt, IEnumerable<string?> kinds)
    {
        var links = Under(transaction).ToList();
        if (parts is not null && parts.Retail != transaction)
            links.AddRange(Under(parts.Retail));
        // A void may be a control transaction, with the link inside of it.
        if (parts is null)
            links.AddRange(transaction.Children.SelectMany(child => Under(child).Concat(child.Children.SelectMany(Under))));
        var isPostVoid = links.Find(link => PosLogWords.SaysPostVoid(Reason(link))) ?? (links is [{ } only, ..] && Reason(only) is null && kinds.Any(PosLogWords.SaysPostVoid) ? only : null);
        links.AddRange(parts is null ? [] : parts.Goods.SelectMany(line => Under(line.Goods).Concat(Under(line.Item))));
        if ((isPostVoid ?? links.FirstOrDefault()) is not { } named)
            return false;
        receipt.OriginalStoreId = PosLogWords.StoreOf(named);
        receipt.OriginalRegisterId = named.TextOf("WorkstationID", "TillID", "RegisterID");
        receipt.OriginalReceiptNumber = named.TextOf("SequenceNumber", "TransactionSequenceNumber", "ReceiptNumber");
        receipt.OriginalOrderNumber = named.TextOf("TransactionID");
        receipt.OriginalBusinessDate = BusinessDates.Of(named.TextOf("BusinessDayDate", "BusinessDate"), named.TextOf("EndDateTime", "BeginDateTime"), null).Date;
        // The link is mostly inside of one store.
        if (receipt.OriginalReceiptNumber is not null)
            receipt.OriginalStoreId ??= PosLogWords.StoreOf(transaction);
        return isPostVoid is not null;
    }

    private static IEnumerable<XmlPart> Under(XmlPart part) => part.All("TransactionLink");

    private static string? Reason(XmlPart link) => link.Says("ReasonCode", "TypeCode", "LinkType", "LinkTypeCode", "Reason");
}
