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
        var isBlank = false;
        var same = broken is null ? IsSameOrder(row, out isBlank) : null;
        if (same == true && isBlank && row.Count < Math.Max(Table.Order.Count, Table.Order.Least))
        {
            // Its key is blank, or was cut off.
            (same, broken) = (null, new($"row {record.Row}", $"has {row.Count} fields where the header has {Table.Order.Count}"));
        }
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
    private bool? IsSameOrder(CsvRow row, out bool isBlank)
    {
        isBlank = false;
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
            if (text.AsSpan().Trim().IsEmpty)
                isBlank = true;
            else if (first is null || text.Trim() != first[column]?.Trim())
                return false;
        }
        return first is null ? null : true;
    }
}
