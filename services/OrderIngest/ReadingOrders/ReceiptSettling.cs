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
        if (note is not null)
            receipt.Notes.Add(note);
        var lines = VoidedLines.TakeOut(receipt.Lines, receipt.Gross);
        foreach (var line in lines)
            Complete(line, receipt.Notes);
        Number(lines, receipt.Notes);
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

    private static void Complete(ReceiptLine line, List<string> notes)
    {
        line.Sku ??= line.Barcode ?? line.Description;
        if (line.Quantity is null or 0)
        {
            notes.Add($"{line.Place}: no quantity, one piece is taken");
            line.Quantity = 1;
        }
        if (line.Total is null && line.UnitPrice is null)
        {
            notes.Add($"{line.Place}: no amount, 0 is taken");
            line.Total = line.UnitPrice = 0;
        }
        line.Total ??= (line.UnitPrice!.Value * line.Quantity.Value) - (line.Discount ?? 0);
        line.UnitPrice ??= decimal.Round((line.Total.Value + (line.Discount ?? 0)) / line.Quantity.Value, 4);
    }

    private static void Number(List<ReceiptLine> lines, List<string> notes)
    {
        var seen = new HashSet<int>();
        if (lines.TrueForAll(line => int.TryParse(line.Number, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && seen.Add(number)))
            return;
        notes.Add("line numbers are missing or repeated: the lines are counted instead");
        for (var i = 0; i < lines.Count; i++)
            lines[i].Number = (i + 1).ToString(CultureInfo.InvariantCulture);
    }

    private static SettledReceipt Part(Receipt receipt, List<ReceiptLine> lines, OrderKind kind, bool alone, List<Fault> faults)
    {
        var sum = lines.Sum(line => Math.Abs(line.Total!.Value));
        var onTop = receipt.PricesIncludeTax ? 0 : lines.Sum(line => Math.Abs(line.TaxAmount ?? 0));
        // Each half of an exchange costs what its lines cost; the till only states the difference of both.
        var gross = alone && receipt.Gross is { } paid ? Math.Abs(paid) : sum + onTop;
        if (alone && Math.Abs(gross - sum - onTop) > Tolerance)
            receipt.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"the lines add up to {sum + onTop}, the till states {gross}"));
        var order = new ReceiptFields("", faults)
            .With("storeId", receipt.StoreId).With("registerId", receipt.RegisterId).With("receiptNumber", receipt.ReceiptNumber).With("orderNumber", receipt.OrderNumber)
            .With("businessDate", receipt.BusinessDate).With("occurredAt", receipt.OccurredAt).With("currency", receipt.Currency).With("pricesIncludeTax", receipt.PricesIncludeTax)
            .With("kind", kind == OrderKind.Sale ? "sale" : "return");
        var customer = new ReceiptFields("customer", faults)
            .With("loyaltyCard", receipt.LoyaltyCard).With("customerNumber", receipt.CustomerNumber).With("email", receipt.Email).With("phone", receipt.Phone);
        var totals = new ReceiptFields("totals", faults).With("gross", gross);
        if (alone)
            totals.With("net", Size(receipt.Net)).With("tax", Size(receipt.Tax)).With("discount", Size(receipt.Discount)).With("rounding", receipt.Rounding);
        var original = kind == OrderKind.Return && (receipt.OriginalReceiptNumber ?? receipt.OriginalStoreId) is not null
            ? new ReceiptFields("originalReceipt", faults).With("storeId", receipt.OriginalStoreId).With("registerId", receipt.OriginalRegisterId)
                .With("receiptNumber", receipt.OriginalReceiptNumber).With("businessDate", receipt.OriginalBusinessDate)
            : null;
        return new(kind, alone, new(order, customer, totals, original, lines.ConvertAll<Fields>(line => Line(line, faults))));
    }

    private static ReceiptFields Line(ReceiptLine line, List<Fault> faults) => new ReceiptFields(line.Place, faults)
        .With("number", line.Number).With("sku", line.Sku).With("barcode", line.Barcode).With("description", line.Description).With("quantity", Size(line.Quantity)).With("unit", line.Unit)
        .With("unitPrice", Size(line.UnitPrice)).With("discount", Size(line.Discount)).With("taxAmount", Size(line.TaxAmount)).With("taxRate", Size(line.TaxRate)).With("total", Size(line.Total));

    private static decimal? Size(decimal? amount) => amount is null ? null : Math.Abs(amount.Value);
}

/// <summary>A sale or a return, ready for the rules.</summary>
/// <param name="Kind">Sale or return.</param>
/// <param name="Alone">False for one half of an exchange.</param>
/// <param name="Fields">What the rules check.</param>
internal sealed record SettledReceipt(OrderKind Kind, bool Alone, SubmittedFields Fields);
