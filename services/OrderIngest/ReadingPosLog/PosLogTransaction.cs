using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingPosLog;

/// <summary>What a POSLog transaction says, in the words of a <see cref="Receipt"/>; or why it is no order.</summary>
internal static class PosLogTransaction
{
    /// <summary>The receipt, or why there is none: something happened at the till that was no sale and no return.</summary>
    public static (Receipt? Receipt, string? Skipped) Read(XmlPart transaction, List<Fault> faults)
    {
        var retail = transaction.Child("RetailTransaction");
        if (WhyNoOrder(transaction, retail) is { } skipped)
            return (null, skipped);
        var receipt = new Receipt
        {
            StoreId = transaction.TextOf("RetailStoreID") ?? transaction.Child("BusinessUnit")?.TextOf("UnitID"),
            RegisterId = transaction.TextOf("WorkstationID", "TillID"),
            ReceiptNumber = transaction.TextOf("SequenceNumber", "ReceiptNumber"),
            OrderNumber = transaction.TextOf("TransactionID"),
            BusinessDate = transaction.TextOf("BusinessDayDate") ?? retail!.TextOf("BusinessDayDate"),
            OccurredAt = PosLogTimes.Closed(transaction) ?? PosLogTimes.Closed(retail!),
            IsReturn = PosLogWords.SaysReturn(retail!.Attribute("TypeCode") ?? retail.Attribute("TransactionType") ?? retail.TextOf("TransactionType") ?? transaction.TextOf("TransactionType")),
        };
        foreach (var item in retail.All("LineItem"))
        {
            if (PosLogLine.Read(item, faults) is { } line)
                receipt.Lines.Add(line);
        }
        PosLogTotals.Read(transaction, retail, receipt, faults);
        PosLogCustomer.Read(transaction, retail, receipt);
        var isPostVoid = Original(transaction, retail, receipt);
        if (receipt.Lines.Count > 0)
        {
            receipt.IsReturn |= isPostVoid;
            return (receipt, null);
        }
        if (!isPostVoid)
            return (null, "a transaction without goods");
        faults.Add(new("RetailTransaction", "voids an earlier transaction and has no lines that could be taken back"));
        return (receipt, null);
    }

    private static string? WhyNoOrder(XmlPart transaction, XmlPart? retail)
    {
        XmlPart[] both = retail is null ? [transaction] : [transaction, retail];
        foreach (var part in both)
        {
            if (PosLogWords.IsTrue(part.Attribute("TrainingModeFlag")) || PosLogWords.IsTrue(part.TextOf("TrainingModeFlag")))
                return "training";
            if (PosLogWords.IsTrue(part.Attribute("CancelFlag")) || PosLogWords.IsTrue(part.TextOf("CancelFlag")))
                return "cancelled";
            if ((part.Attribute("TransactionStatus") ?? part.TextOf("TransactionStatus")) is { } status && PosLogWords.SaysNotFinished(status))
                return $"status {PosLogWords.Local(status)}";
            if (PosLogWords.SaysNoSale(part.TextOf("TransactionType") ?? part.Attribute("TransactionType")))
                return $"transaction type {PosLogWords.Local((part.TextOf("TransactionType") ?? part.Attribute("TransactionType"))!)}";
            if (PosLogWords.SaysNoSale(part.Attribute("TypeCode")))
                return $"type code {PosLogWords.Local(part.Attribute("TypeCode")!)}";
        }
        // A control transaction inside of a sale (the drawer was opened) does not make it less of a sale.
        return retail is null ? $"no retail transaction: {transaction.Children.LastOrDefault(child => child.Name.EndsWith("Transaction", StringComparison.Ordinal))?.Name ?? "nothing of the kind"}" : null;
    }

    /// <summary>Notes which receipt this one refers to; true when it takes that one back as a whole.</summary>
    private static bool Original(XmlPart transaction, XmlPart retail, Receipt receipt)
    {
        var links = transaction.All("TransactionLink").Concat(retail.All("TransactionLink"))
            .Concat(retail.All("LineItem").SelectMany(item => item.All("Return")).SelectMany(line => line.All("TransactionLink")));
        if (links.FirstOrDefault() is not { } link)
            return false;
        receipt.OriginalStoreId = link.TextOf("RetailStoreID") ?? link.Child("BusinessUnit")?.TextOf("UnitID");
        receipt.OriginalRegisterId = link.TextOf("WorkstationID", "TillID");
        receipt.OriginalReceiptNumber = link.TextOf("SequenceNumber", "ReceiptNumber");
        receipt.OriginalBusinessDate = BusinessDates.Of(link.TextOf("BusinessDayDate"), link.TextOf("EndDateTime", "BeginDateTime"), null).Date;
        return PosLogWords.SaysPostVoid(link.Attribute("ReasonCode") ?? link.Attribute("TypeCode") ?? link.Attribute("LinkType") ?? link.TextOf("ReasonCode"));
    }
}
