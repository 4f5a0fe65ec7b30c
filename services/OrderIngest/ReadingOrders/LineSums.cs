namespace OrderIngest.ReadingOrders;

/// <summary>What the lines of a receipt add up to, goods that came back less; voided ones are left out.</summary>
/// <param name="Amount">Amounts of the lines.</param>
/// <param name="Tax">Tax that the lines state.</param>
/// <param name="Discount">What the lines say was taken off them.</param>
internal readonly record struct LineSums(decimal Amount, decimal Tax, decimal Discount)
{
    // What rounding of single lines adds up to.
    private const decimal Tolerance = 0.05m;

    public static LineSums Of(IEnumerable<ReceiptLine> lines)
    {
        var (amount, tax, discount) = (0m, 0m, 0m);
        foreach (var line in lines)
        {
            if (line.IsVoid)
                continue;
            var own = line.Total ?? line.UnitPrice * line.Quantity ?? 0;
            var sign = line.IsReturn || own < 0 || line.Quantity < 0 ? -1 : 1;
            amount += line.IsReturn ? -Math.Abs(own) : own;
            tax += sign * Math.Abs(line.TaxAmount ?? 0);
            discount += sign * Math.Abs(line.StatedDiscount ?? 0);
        }
        return new(amount, tax, discount);
    }

    /// <summary>If the amounts were those before the discounts.</summary>
    public LineSums WithoutDiscount => this with { Amount = Amount - Discount, Discount = 0 };

    /// <summary>With the tax on top: the receipt's where it states one, else that of the lines.</summary>
    public decimal WithTax(decimal? stated) => stated is { } tax ? Math.Abs(Amount) + Math.Abs(tax) : Amount + Tax;

    /// <summary>Whether the amounts contain the tax, by what they should add up to; null where that does not tell.</summary>
    public bool? IsTaxInside(decimal due, decimal? stated)
    {
        if (Math.Abs(stated ?? Tax) <= Tolerance)
            return null;
        return IsAbout(Amount, due) ? true : IsAbout(WithTax(stated), due) ? false : null;
    }

    /// <summary>Whether the amounts, with the tax or without it, are what was paid.</summary>
    public bool Explain(decimal due, decimal? stated) => IsAbout(Amount, due) || IsAbout(WithTax(stated), due);

    private static bool IsAbout(decimal sum, decimal due) => Math.Abs(Math.Abs(sum) - Math.Abs(due)) <= Tolerance;
}
