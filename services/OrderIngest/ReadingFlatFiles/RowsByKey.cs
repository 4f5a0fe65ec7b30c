using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>
/// One row per line. The columns of the order stand in every row of it, or in its first and are blank below: either way, rows in which no key column says
/// something else belong together.
/// </summary>
internal sealed class RowsByKey(FlatTable table, Source source, OrderRules rules) : RowGrouping(table, source, rules)
{
    public override void Take(RawRecord record, CsvRow row, List<ReadInput> inputs)
    {
        var broken = Broken(record);
        var same = broken is null ? IsSameOrder(row) : null;
        if (same is null)
        {
            Unassign(record, broken ?? new($"row {record.Row}", "cannot be assigned to an order: its key columns are blank or not readable"), inputs);
            return;
        }
        if (same == true && Order is { IsFull: false })
        {
            Absorb();
            Order.Add(row);
            return;
        }
        var next = New(wasFull: same == true);
        next.Add(row);
        Begin(next, next.IsDamaged ? FileEdge.DamagedOrder : Order?.MayGoOnWith(row) == true ? FileEdge.Twin : FileEdge.None, inputs);
    }

    /// <summary>Whether a row goes on with the order above it; null when it belongs to none.</summary>
    private bool? IsSameOrder(CsvRow row)
    {
        if (row.Count <= Table.Order.LastKey)
            return null;
        var first = Order?.KeyRow;
        foreach (var column in Table.Order.Key)
        {
            if (first is not null && row.SaysTheSame(first, column))
                continue;
            if (row[column] is not { } text)
                return null;
            // Blank below the order's first row is common, and says nothing new.
            if (!text.AsSpan().Trim().IsEmpty && (first is null || text.Trim() != first[column]?.Trim()))
                return false;
        }
        return first is null ? null : true;
    }
}
