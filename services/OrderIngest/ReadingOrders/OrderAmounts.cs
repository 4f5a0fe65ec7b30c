using Contracts.OrderIngest;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// Lines and totals with their signs settled. In a return some tills write everything negative: then every sign is turned. "Everything" is
/// every quantity, line total, discount, tax and total that is there and not zero; a unit price may have either sign, since tills that negate
/// the quantity mostly leave it. Any other minus is a fault.
/// </summary>
internal sealed class OrderAmounts
{
    private OrderAmounts(IReadOnlyList<OrderLine> lines, OrderTotals? totals) => (Lines, Totals) = (lines, totals);

    /// <summary>The lines that are not voided.</summary>
    public IReadOnlyList<OrderLine> Lines { get; }

    /// <summary>Null when the input has none.</summary>
    public OrderTotals? Totals { get; }

    public static OrderAmounts Read(SubmittedFields submitted, bool isReturn)
    {
        var lines = submitted.Lines.Where(line => line.Flag("voided") != true).Select(line => (Fields: line, Line: ReadLine(line))).ToList();
        var totals = submitted.Totals is { } fields ? ReadTotals(fields) : null;

        var sign = isReturn && AllNegative([.. lines.Select(line => line.Line)], totals) ? -1 : 1;
        var numbers = new HashSet<int>();
        foreach (var (place, line) in lines)
        {
            if (line.Number > 0 && !numbers.Add(line.Number))
                place.Fault("number", "is the number of an earlier line too");
            CheckLine(place, line, sign);
        }
        if (totals is not null)
            CheckTotals(submitted.Totals!, totals, sign);
        if (sign > 0)
            return new([.. lines.Select(line => line.Line)], totals);
        return new([.. lines.Select(line => Turned(line.Line))], totals is null ? null : Turned(totals));
    }

    // A missing value was noted as a fault already; one stands in for it so that it is not noted twice.
    private static OrderLine ReadLine(Fields line) => new()
    {
        Number = line.RequiredPosition("number"),
        Sku = line.RequiredText("sku", Lengths.Key),
        Barcode = line.Text("barcode", Lengths.Key),
        Description = line.Text("description", Lengths.Text),
        Quantity = line.RequiredNumber("quantity") ?? Missing,
        Unit = line.Text("unit", Lengths.Key),
        UnitPrice = line.RequiredNumber("unitPrice") ?? Missing,
        Discount = line.Number("discount") ?? 0,
        TaxAmount = line.Number("taxAmount"),
        TaxRate = line.Number("taxRate"),
        Total = line.RequiredNumber("total") ?? Missing,
    };

    private static OrderTotals ReadTotals(Fields totals) => new()
    {
        Net = totals.Number("net"),
        Tax = totals.Number("tax"),
        Discount = totals.Number("discount"),
        Gross = totals.RequiredNumber("gross") ?? Missing,
        Rounding = totals.Number("rounding"),
    };

    private const decimal Missing = decimal.MinValue;

    private static bool AllNegative(List<OrderLine> lines, OrderTotals? totals) =>
        lines.Count > 0
        && lines.TrueForAll(line => line.Quantity < 0 && line.Total <= 0 && line.Discount <= 0 && line.TaxAmount is null or <= 0)
        && (totals is null || totals.Gross <= 0 && totals.Net is null or <= 0 && totals.Tax is null or <= 0 && totals.Discount is null or <= 0);

    private static void CheckLine(Fields place, OrderLine line, int sign)
    {
        if (line.Quantity != Missing && line.Quantity * sign <= 0)
            place.Fault("quantity", "must be greater than 0");
        if (sign > 0)
            NotNegative(place, "unitPrice", line.UnitPrice);
        NotNegative(place, "discount", line.Discount * sign);
        NotNegative(place, "taxAmount", line.TaxAmount * sign);
        NotNegative(place, "taxRate", line.TaxRate);
        NotNegative(place, "total", line.Total == Missing ? null : line.Total * sign);
    }

    private static void CheckTotals(Fields place, OrderTotals totals, int sign)
    {
        NotNegative(place, "net", totals.Net * sign);
        NotNegative(place, "tax", totals.Tax * sign);
        NotNegative(place, "discount", totals.Discount * sign);
        NotNegative(place, "gross", totals.Gross == Missing ? null : totals.Gross * sign);
    }

    private static void NotNegative(Fields place, string name, decimal? amount)
    {
        if (amount < 0 && amount != Missing)
            place.Fault(name, "must not be negative");
    }

    private static OrderLine Turned(OrderLine line) => line with
    {
        Quantity = -line.Quantity,
        UnitPrice = Math.Abs(line.UnitPrice),
        Discount = -line.Discount,
        TaxAmount = -line.TaxAmount,
        Total = -line.Total,
    };

    private static OrderTotals Turned(OrderTotals totals) => totals with
    {
        Net = -totals.Net,
        Tax = -totals.Tax,
        Discount = -totals.Discount,
        Gross = -totals.Gross,
        Rounding = -totals.Rounding,
    };
}
