namespace SampleOrders;

/// <summary>What is wrong with a faulty order. Each alone is reason enough to reject the whole order.</summary>
internal enum FaultKind
{
    BadDate,
    NegativeQuantity,
    MissingValue,
    UnknownCurrency,
    TextInAmount,
    WrongNumberOfFields,
}

/// <summary>Damages the rows of a sale the way exports are damaged: a fault of the order is in all of its rows, a fault of a line in one.</summary>
internal static class Fault
{
    private static readonly string[] MissingOrderValues = ["store_id", "occurred_at", "total_gross", "currency"];

    public static List<string[]> Damage(List<string[]> rows, FaultKind kind, Dice dice)
    {
        var line = dice.Below(rows.Count);
        var variant = dice.Below(4);
        switch (kind)
        {
            case FaultKind.BadDate when variant < 2:
                Everywhere("business_date", variant == 0 ? "2026-11-31" : "0000-00-00");
                break;
            case FaultKind.BadDate:
                Everywhere("occurred_at", variant == 2 ? "2026-11-17T25:10:00+01:00" : "yesterday");
                break;
            case FaultKind.NegativeQuantity:
                rows[line][ExportRows.Column("quantity")] = $"-{rows[line][ExportRows.Column("quantity")]}";
                break;
            case FaultKind.MissingValue when variant % 2 == 0:
                Everywhere(dice.OneOf(MissingOrderValues), "");
                break;
            case FaultKind.MissingValue:
                rows[line][ExportRows.Column(variant == 1 ? "sku" : "line_total")] = "";
                break;
            case FaultKind.UnknownCurrency:
                Everywhere("currency", variant < 2 ? "EUX" : "Euro");
                break;
            case FaultKind.TextInAmount:
                rows[line][ExportRows.Column(variant < 2 ? "unit_price" : "line_total")] = variant % 2 == 0 ? "n/a" : "12.5O";
                break;
            case FaultKind.WrongNumberOfFields:
                rows[line] = variant < 2 ? rows[line][..^Math.Min(9, 3 + (line * 2))] : [.. rows[line][..25], "gift wrapped", .. rows[line][25..]];
                break;
        }
        return rows;

        void Everywhere(string column, string value)
        {
            foreach (var row in rows)
                row[ExportRows.Column(column)] = value;
        }
    }
}
