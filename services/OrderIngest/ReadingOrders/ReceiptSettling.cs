using System.Globalization;
using Contracts.OrderIngest;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// From a till's receipt to what the rules check: voided lines taken out, signs settled, an exchange cut into its sale and its return. Pure. Missing amounts are
/// worked out where others tell them, and noted; what the till states stands, and a difference is noted.
/// </summary>
internal static class ReceiptSettling
{
    // What rounding of single lines adds up to.
    private const decimal Tolerance = 0.05m;

    /// <summary>One part, or the sale and the return of an exchange in this order; none when every line was voided.</summary>
    public static IReadOnlyList<SettledReceipt> Settle(Receipt receipt, TimeZoneInfo? zone, List<Fault> faults)
    {
        var (date, note) = BusinessDates.Of(receipt.BusinessDate, receipt.OccurredAt, zone);
        receipt.BusinessDate = date;
        if (note is not null && receipt.MayHaveBusinessDate)
            receipt.Notes.Add(note);
        var lines = VoidedLines.TakeOut(receipt.Lines, receipt.Gross);
        // Left over from counting down to nothing.
        lines.RemoveAll(line => line is { Quantity: 0, Total: null or 0 });
        if (receipt is { IsTaxGuessed: true, Gross: { } paid } && LineSums.Of(lines).IsTaxInside(paid, receipt.Tax) is { } isInside)
            receipt.PricesIncludeTax = isInside;
        StatedDiscounts.TakeOff(lines, receipt);
        TakeOff(lines, receipt);
        foreach (var line in lines)
            ReceiptLines.Complete(line, receipt.Notes);
        ReceiptLines.Number(lines, receipt.Notes);
        var back = lines.Where(line => IsReturn(line, receipt)).ToList();
        var sold = lines.Where(line => !IsReturn(line, receipt)).ToList();
        return (sold.Count, back.Count) switch
        {
            (0, 0) => [],
            (_, 0) => [Part(receipt, sold, OrderKind.Sale, alone: true, faults)],
            (0, _) => [Part(receipt, back, OrderKind.Return, alone: true, faults)],
            _ => [Part(receipt, sold, OrderKind.Sale, alone: false, faults), Part(receipt, back, OrderKind.Return, alone: false, faults)],
        };
    }

    // A unit price does not tell: tills that turn the quantity mostly leave it.
    private static bool IsReturn(ReceiptLine line, Receipt receipt) => receipt.IsReturn || line.IsReturn || line.Quantity < 0 || line.Total < 0;

    /// <summary>A coupon among goods takes something off; it is no goods that came back.</summary>
    private static void TakeOff(List<ReceiptLine> lines, Receipt receipt)
    {
        var coupons = lines.FindAll(line => line is { IsDeduction: true, Total: < 0 });
        if (coupons.Count == 0 || coupons.Count == lines.Count)
            return;
        lines.RemoveAll(coupons.Contains);
        receipt.Discount = (receipt.Discount is { } stated ? Math.Abs(stated) : 0) - coupons.Sum(line => line.Total!.Value);
        receipt.Notes.Add("coupons written as goods are taken as a discount");
    }

    private static SettledReceipt Part(Receipt receipt, List<ReceiptLine> lines, OrderKind kind, bool alone, List<Fault> faults)
    {
        var sum = lines.Sum(line => Math.Abs(line.Total!.Value));
        var isTaxOnLines = !alone || lines.Exists(line => line.TaxAmount is not null);
        var onTop = receipt.PricesIncludeTax ? 0 : isTaxOnLines ? lines.Sum(line => Math.Abs(line.TaxAmount ?? 0)) : Size(receipt.Tax) ?? 0;
        // Each half of an exchange costs what its lines cost; the till only states the difference of both.
        var gross = alone && receipt.Gross is { } paid ? Math.Abs(paid) : sum + onTop;
        if (alone && Math.Abs(gross - sum - onTop) > Tolerance)
            receipt.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"the lines add up to {sum + onTop}, the till states {gross}"));
        var order = new ReceiptFields("", faults)
            .With("storeId", receipt.StoreId).With("registerId", receipt.RegisterId).With("receiptNumber", receipt.ReceiptNumber).With("orderNumber", receipt.OrderNumber)
            .With("businessDate", receipt.BusinessDate).With("occurredAt", receipt.OccurredAt).With("currency", receipt.Currency).With("pricesIncludeTax", receipt.PricesIncludeTax)
            .With("kind", kind == OrderKind.Sale ? "sale" : "return").With("exchange", !alone);
        var customer = new ReceiptFields("customer", faults)
            .With("loyaltyCard", receipt.LoyaltyCard).With("customerNumber", receipt.CustomerNumber).With("email", receipt.Email).With("phone", receipt.Phone);
        var totals = new ReceiptFields("totals", faults).With("gross", gross);
        if (alone)
            totals.With("net", Size(receipt.Net)).With("tax", Size(receipt.Tax)).With("discount", Size(receipt.Discount)).With("rounding", receipt.Rounding);
        var original = kind == OrderKind.Return && (receipt.OriginalReceiptNumber ?? receipt.OriginalOrderNumber) is not null
            ? new ReceiptFields("originalReceipt", faults).With("storeId", receipt.OriginalStoreId).With("registerId", receipt.OriginalRegisterId)
                .With("receiptNumber", receipt.OriginalReceiptNumber).With("orderNumber", receipt.OriginalOrderNumber).With("businessDate", receipt.OriginalBusinessDate)
            : null;
        return new(kind, alone, new(order, customer, totals, original, lines.ConvertAll<Fields>(line => ReceiptLines.Fields(line, faults))));
    }

    private static decimal? Size(decimal? amount) => amount is null ? null : Math.Abs(amount.Value);
}

/// <summary>A sale or a return, ready for the rules.</summary>
/// <param name="Kind">Sale or return.</param>
/// <param name="Alone">False for one half of an exchange.</param>
/// <param name="Fields">What the rules check.</param>
internal sealed record SettledReceipt(OrderKind Kind, bool Alone, SubmittedFields Fields);
