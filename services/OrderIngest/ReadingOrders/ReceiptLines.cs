using System.Globalization;

namespace OrderIngest.ReadingOrders;

/// <summary>Lines of a receipt made complete: what is missing is worked out from the rest, and noted.</summary>
internal static class ReceiptLines
{
    public static void Complete(ReceiptLine line, List<string> notes)
    {
        line.Description = OneLine(line.Description);
        if ((line.Sku ??= line.Barcode ?? (line.Description is { Length: > Lengths.Key } text ? text[..Lengths.Key] : line.Description)) is null)
        {
            notes.Add($"{line.Place}: no article");
            line.Sku = "UNKNOWN";
        }
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
        line.Total ??= Math.Abs(line.UnitPrice!.Value) * line.Quantity - Math.Sign(line.Quantity.Value) * Math.Abs(line.Discount ?? 0);
        line.UnitPrice ??= decimal.Round((Math.Abs(line.Total.Value) + Math.Abs(line.Discount ?? 0)) / Math.Abs(line.Quantity.Value), 4);
    }

    /// <summary>Keeps the till's numbers where they tell the lines apart, else counts.</summary>
    public static void Number(List<ReceiptLine> lines, List<string> notes)
    {
        var seen = new HashSet<int>();
        if (lines.TrueForAll(line => int.TryParse(line.Number, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && seen.Add(number)))
            return;
        notes.Add("line numbers are missing or repeated: the lines are counted instead");
        for (var i = 0; i < lines.Count; i++)
            lines[i].Number = (i + 1).ToString(CultureInfo.InvariantCulture);
    }

    public static ReceiptFields Fields(ReceiptLine line, List<Fault> faults) => new ReceiptFields(line.Place, faults)
        .With("number", line.Number).With("sku", line.Sku).With("barcode", line.Barcode).With("description", line.Description).With("quantity", Size(line.Quantity)).With("unit", line.Unit)
        .With("unitPrice", Size(line.UnitPrice)).With("discount", Size(line.Discount)).With("taxAmount", Size(line.TaxAmount)).With("taxRate", Size(line.TaxRate)).With("total", Size(line.Total));

    // Tills break long names.
    private static string? OneLine(string? text) =>
        text is null || text.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0 ? text : string.Join(' ', text.Split((char[])['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));

    private static decimal? Size(decimal? amount) => amount is null ? null : Math.Abs(amount.Value);
}
