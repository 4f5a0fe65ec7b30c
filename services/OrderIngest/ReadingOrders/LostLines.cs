using Contracts.OrderIngest;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// Tells an order that lost lines where a flat file was cut off or damaged from a whole one, by the one thing that can tell: whether its lines come to its gross
/// total. In the middle of a file amounts are not compared; what the till says stands. Where the orders of a file mostly do not add up (deposits, fees), its
/// end tells nothing.
/// </summary>
/// <param name="mustAddUp">False where a source's orders never do.</param>
/// <param name="bothWays">Lines may have either sign, so that losing one may make the sum larger too.</param>
internal sealed class LostLines(bool mustAddUp, bool bothWays)
{
    // What rounding of single lines adds up to.
    private const decimal Tolerance = 0.05m;

    /// <summary>What is told of the second row of one order in a file of orders.</summary>
    public const string SaysRepeated = "is of an order that an earlier row is of too";

    private int _seen, _different;

    /// <summary>Whether most orders of this file do not add up.</summary>
    private bool IsUsual => _seen > 0 && _different * 2 >= _seen;

    /// <summary>The edge as far as it tells something: the end of a file whose orders mostly do not add up does not.</summary>
    public FileEdge Telling(FileEdge edge) => IsUsual && edge is not (FileEdge.Damage or FileEdge.Cut or FileEdge.Repeated) ? FileEdge.None : edge;

    /// <summary>Why the order is to be held back, or null.</summary>
    /// <param name="order">The order, or the sale of an exchange.</param>
    /// <param name="back">The return of an exchange.</param>
    /// <param name="gross">As the till states it; null where it does not.</param>
    /// <param name="edge">What stands beside it.</param>
    public string? Doubt(Order order, Order? back, decimal? gross, FileEdge edge)
    {
        var missing = gross is { } stated ? Missing(order, back, Math.Abs(stated)) : null;
        if (edge is FileEdge.None or FileEdge.LinesElsewhere)
        {
            var tells = mustAddUp && edge == FileEdge.LinesElsewhere && !IsUsual;
            _seen++;
            _different += missing > Tolerance ? 1 : 0;
            return tells && missing > Tolerance ? "has lines that do not come to its gross total, and other orders have no lines: the file of lines was probably cut off" : null;
        }
        if (edge == FileEdge.Cut)
            return HalfOrders.Says;
        if (edge == FileEdge.Repeated)
            return SaysRepeated;
        if (!mustAddUp)
            return null;
        if (missing is null)
            return edge == FileEdge.Damage ? "stands beside a row that is damaged, and no gross total tells whether that was a line of this order" : null;
        if (missing <= (edge == FileEdge.TornEnd ? 0 : Tolerance))
            return null;
        if (edge == FileEdge.Damage || edge == FileEdge.DamagedOrder && !IsUsual)
            return "stands beside a row that is damaged, and the order's lines do not come to its gross total: a line is probably lost";
        if (IsUsual)
            return null;
        return edge == FileEdge.Twin
            ? "is of one of two orders that differ in nothing but their number, and the lines do not come to the gross total: a number is probably damaged"
            : "is the last of the file, and the order's lines do not come to its gross total: the file was probably cut off";
    }

    /// <summary>What the lines lack; null where it cannot be told.</summary>
    private decimal? Missing(Order order, Order? back, decimal gross)
    {
        if (Sum(order) is not { } sold || (back is null ? 0 : Sum(back)) is not { } returned)
            return null;
        var lack = gross - Math.Abs(sold - returned);
        // Some tills round what is paid, others the sum.
        if (order.Totals.Rounding is { } rounding && Math.Abs(lack) > Math.Abs(lack - rounding))
            lack -= rounding;
        if (!bothWays || lack >= 0)
            return Math.Max(0, lack);
        // More than was paid: a discount on the whole receipt, where it is stated.
        return Math.Abs(-lack - (order.Totals.Discount ?? 0)) <= Tolerance ? 0 : -lack;
    }

    private static decimal? Sum(Order order)
    {
        decimal sum = 0, tax = 0;
        var taxed = order.PricesIncludeTax;
        foreach (var line in order.Lines)
        {
            sum += line.Total;
            tax += line.TaxAmount ?? 0;
            taxed |= line.TaxAmount is not null;
        }
        if (order.PricesIncludeTax)
            return sum;
        return taxed ? sum + tax : order.Totals.Tax is { } onTop ? sum + onTop : null;
    }
}
