using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingPosLog;

/// <summary>What a POSLog transaction says, in the words of a <see cref="Receipt"/>; or why it is no order.</summary>
internal static class PosLogTransaction
{
    private static readonly string[] Flags = ["TrainingModeFlag", "CancelFlag", "ZeroSales"];

    // A transaction that voids an earlier one may have these, too: they come after that question.
    private static readonly string[] LaterFlags = ["SuspendFlag", "SuspendedFlag", "VoidFlag", "VoidedFlag"];

    /// <summary>The receipt, or why there is none: something happened at the till that was no sale and no return.</summary>
    public static (Receipt? Receipt, string? Skipped) Read(XmlPart transaction, List<Fault> faults)
    {
        var parts = RetailParts.Of(transaction);
        XmlPart[] spoken = parts is null || parts.Retail == transaction ? [transaction] : [transaction, parts.Retail];
        if (Flagged(spoken, Flags) is { } flagged)
            return (null, flagged);
        var receipt = new Receipt();
        var isPostVoid = PosLogLinks.Read(transaction, parts, receipt, spoken.Select(Kind).Concat(spoken.Select(Status)));
        if (!isPostVoid && WhyNoOrder(spoken, parts) is { } skipped)
            return (null, skipped);
        if (parts is not null)
            Read(parts, receipt, faults);
        if (isPostVoid)
        {
            // The purchase may have been passed on long ago: a return of it is what takes it back.
            receipt.IsReturn = true;
            receipt.Notes.Add("voids an earlier receipt: taken as its return");
        }
        if (receipt.Lines.Count > 0)
            return (receipt, null);
        if (!isPostVoid)
            return (null, "a transaction without goods");
        faults.Add(new("Transaction", "voids an earlier receipt and does not say which goods: look whether that one was taken in, and have its return sent"));
        return (null, null);
    }

    private static void Read(RetailParts parts, Receipt receipt, List<Fault> faults)
    {
        var (transaction, retail) = (parts.Transaction, parts.Retail);
        receipt.StoreId = PosLogWords.StoreOf(transaction);
        receipt.RegisterId = transaction.TextOf("WorkstationID", "TillID", "RegisterID");
        receipt.ReceiptNumber = transaction.TextOf("SequenceNumber", "TransactionSequenceNumber", "ReceiptNumber", "TransactionNumber");
        receipt.OrderNumber = transaction.TextOf("TransactionID");
        receipt.BusinessDate = transaction.TextOf("BusinessDayDate", "BusinessDate") ?? retail.TextOf("BusinessDayDate", "BusinessDate");
        receipt.OccurredAt = PosLogTimes.Closed(parts);
        // Where some goods came back and some were sold, each line says it better than the whole.
        var hasBoth = parts.Goods.Any(line => PosLogWords.CameBack(line.Goods)) && !parts.Goods.All(line => PosLogWords.CameBack(line.Goods));
        receipt.IsReturn = !hasBoth && (PosLogWords.SaysReturn(Kind(retail)) || PosLogWords.SaysReturn(Kind(transaction)));
        foreach (var (item, goods) in parts.Goods)
            receipt.Lines.Add(PosLogLine.Read(item, goods, faults));
        PosLogTotals.Read(parts, receipt, faults);
        PosLogCustomer.Read(parts, receipt);
        if (receipt.OccurredAt is null && receipt.BusinessDate is { Length: >= 10 } date)
        {
            receipt.OccurredAt = $"{date[..10].Replace('/', '-')}T12:00:00";
            receipt.Notes.Add("no time: noon of the business date is taken");
        }
    }

    private static string? Kind(XmlPart part) => part.Says("TransactionType", "TransactionTypeCode", "TypeCode");

    private static string? Status(XmlPart part) => part.Says("TransactionStatus");

    private static string? Flagged(XmlPart[] spoken, string[] flags)
    {
        foreach (var flag in flags)
        {
            if (Array.Exists(spoken, part => PosLogWords.IsTrue(part.Says(flag))))
                return flag switch { "TrainingModeFlag" => "training", "CancelFlag" => "cancelled", "ZeroSales" => "zero sales", "VoidFlag" or "VoidedFlag" => "voided", _ => "suspended" };
        }
        return null;
    }

    private static string? WhyNoOrder(XmlPart[] spoken, RetailParts? parts)
    {
        if (Flagged(spoken, LaterFlags) is { } flagged)
            return flagged;
        foreach (var part in spoken)
        {
            if (Status(part) is { } status && PosLogWords.SaysNotFinished(status))
                return $"status {PosLogWords.Local(status)}";
            if (Kind(part) is { } kind && PosLogWords.SaysNoSale(kind))
                return $"type {PosLogWords.Local(kind)}";
        }
        // A control transaction inside of a sale (the drawer was opened) does not make it less of a sale.
        return parts is not null ? null : $"no retail transaction: {spoken[0].Children.FindLast(child => child.Name.EndsWith("Transaction", StringComparison.Ordinal))?.Name ?? "nothing of the kind"}";
    }
}
