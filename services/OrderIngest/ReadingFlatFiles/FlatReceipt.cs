using System.Globalization;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>From the rows of one order to what a till wrote about one transaction.</summary>
internal static class FlatReceipt
{
    private static readonly FlatField[] Goods = [FlatField.Sku, FlatField.Barcode, FlatField.Description];

    /// <summary>The receipt, or why the rows are no order; neither when a fault was noted.</summary>
    public static (Receipt? Receipt, string? Skipped) Of(FlatCells order, IReadOnlyList<CsvRow> lines, FlatColumns lineColumns, FlatLayout layout, Source source, List<Fault> faults)
    {
        if (WhyNot(order, layout, out var kind) is { } skipped)
            return (null, skipped);
        var receipt = new Receipt
        {
            StoreId = order.Text(FlatField.StoreId),
            RegisterId = order.Text(FlatField.RegisterId),
            ReceiptNumber = order.Text(FlatField.ReceiptNumber),
            OrderNumber = order.Text(FlatField.OrderNumber),
            Currency = order.Text(FlatField.Currency),
            PricesIncludeTax = order.Flag(FlatField.PricesIncludeTax) ?? true,
            LoyaltyCard = order.Text(FlatField.LoyaltyCard),
            CustomerNumber = order.Text(FlatField.CustomerNumber),
            Email = order.Text(FlatField.Email),
            Phone = order.Text(FlatField.Phone),
            Net = order.Number(FlatField.Net),
            Tax = order.Number(FlatField.Tax),
            Discount = order.Number(FlatField.Discount),
            Gross = order.Number(FlatField.Gross),
            Rounding = order.Number(FlatField.Rounding),
            OriginalStoreId = order.Text(FlatField.OriginalStoreId),
            OriginalRegisterId = order.Text(FlatField.OriginalRegisterId),
            OriginalReceiptNumber = order.Text(FlatField.OriginalReceiptNumber),
            OriginalBusinessDate = order.Date(FlatField.OriginalBusinessDate) is { } original ? FlatTimes.Text(original) : null,
        };
        Date(receipt, order, layout.Times, source);
        foreach (var row in lines)
            receipt.Lines.Add(Line(row, lineColumns, layout, receipt.PricesIncludeTax, faults));
        if (layout.AmountSign == AmountSign.Reversed)
        {
            receipt.Gross = -receipt.Gross;
            receipt.Lines.ForEach(Turn);
        }
        // A return on which goods were sold too is an exchange: then the signs tell which is which.
        receipt.IsReturn = kind == FlatKind.Return && !(receipt.Lines.Exists(line => line is { IsVoid: false, Quantity: < 0 }) && receipt.Lines.Exists(line => line is { IsVoid: false, Quantity: > 0 }));
        return (receipt, null);
    }

    private static string? WhyNot(FlatCells order, FlatLayout layout, out FlatKind kind)
    {
        kind = FlatKind.Sale;
        if (order.Text(FlatField.Kind) is { } word)
        {
            if (!layout.Words.TryKind(word, out kind))
                order.Fault(FlatField.Kind, "is no word for a sale or a return: Kinds can say which it is, or that it is to be skipped");
            else if (kind == FlatKind.Skip)
                return layout.KindReasons.GetValueOrDefault(word) ?? $"{order.NameOf(FlatField.Kind)} {word}";
        }
        if (layout.Statuses.Count > 0 && order.Text(FlatField.Status) is { } status)
        {
            if (!layout.Statuses.TryGetValue(status, out var why))
                order.Fault(FlatField.Status, "is no known status of a transaction");
            else if (why is not null)
                return why;
        }
        return order.Flag(FlatField.Training) == true ? "training" : order.Flag(FlatField.Cancelled) == true ? "cancelled" : null;
    }

    private static void Date(Receipt receipt, FlatCells order, FlatTimes times, Source source)
    {
        var businessDate = order.Date(FlatField.BusinessDate);
        receipt.BusinessDate = businessDate is { } stated ? FlatTimes.Text(stated) : null;
        var date = order.Date(FlatField.OccurredDate);
        if (order.Has(FlatField.OccurredTime))
        {
            if (order.Time(FlatField.OccurredTime) is { } time && (date ?? businessDate) is { } day)
                receipt.OccurredAt = date is null ? times.OnBusinessDate(day, time) : FlatTimes.Joined(day, time);
        }
        else if (order.Text(FlatField.OccurredAt) is { } text)
        {
            if (times.TryBoth(text, out var both))
                receipt.OccurredAt = both;
            else
                order.Fault(FlatField.OccurredAt, times.SaysBoth);
        }
        if (receipt.BusinessDate is null && times.BusinessDateOf(receipt.OccurredAt, source.ZoneOf(receipt.StoreId)) is { } day2)
        {
            receipt.BusinessDate = day2;
            receipt.Notes.Add("no business date: it follows from when the receipt was closed and when the store's day ends");
        }
    }

    private static ReceiptLine Line(CsvRow row, FlatColumns columns, FlatLayout layout, bool pricesIncludeTax, List<Fault> faults)
    {
        var flags = new FlatCells(row, columns, layout, faults);
        var voided = flags.Flag(FlatField.Voided) == true;
        // Tills write anything into a voided line: what is wrong with it does not matter.
        var cells = voided ? new FlatCells(row, columns, layout, []) : flags;
        var (total, net) = (cells.Number(FlatField.LineTotal), cells.Number(FlatField.LineNet));
        var (sku, barcode, description) = (cells.Text(FlatField.Sku), cells.Text(FlatField.Barcode), cells.Text(FlatField.Description));
        // A till's document says by its element that something was sold; a row without goods is more likely a slipped one.
        if ((sku ?? barcode ?? description) is null)
            cells.Fault(Goods.First(cells.Has), "is required");
        return new()
        {
            Place = cells.Place,
            Number = Whole(cells.Text(FlatField.LineNumber)),
            Sku = sku,
            Barcode = barcode,
            Description = description,
            Unit = cells.Text(FlatField.Unit),
            Quantity = cells.Number(FlatField.Quantity),
            UnitPrice = cells.Number(FlatField.UnitPrice),
            Discount = cells.Number(FlatField.LineDiscount),
            TaxAmount = cells.Number(FlatField.LineTax),
            TaxRate = cells.Number(FlatField.LineTaxRate),
            Total = pricesIncludeTax ? total ?? net : net ?? total,
            IsReturn = cells.Flag(FlatField.Returned) == true,
            IsVoid = voided,
            VoidedNumber = Whole(cells.Text(FlatField.VoidedNumber)),
        };
    }

    // The quantity tells which way the goods went; some exports leave the amounts' signs as they were.
    private static void Turn(ReceiptLine line)
    {
        if (line.Quantity is not { } quantity || quantity == 0)
        {
            line.Total = -line.Total;
            return;
        }
        line.Quantity = -quantity;
        line.Total = line.Total is { } total ? Math.Abs(total) * Math.Sign(-quantity) : null;
    }

    // Databases export line numbers as 1.0000000000000000.
    private static string? Whole(string? number) =>
        number is not null && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value == decimal.Truncate(value) && value is >= 0 and < int.MaxValue
            ? ((int)value).ToString(CultureInfo.InvariantCulture)
            : number;
}
