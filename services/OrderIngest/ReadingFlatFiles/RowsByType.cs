using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>Order rows, each with its line rows below it, told apart by a column.</summary>
internal sealed class RowsByType(FlatTable table, Source source, OrderRules rules) : RowGrouping(table, source, rules)
{
    private readonly RowsOptions _words = table.Layout.Rows;
    private bool _sawTrailer;

    public override void Take(RawRecord record, CsvRow row, List<ReadInput> inputs)
    {
        var type = Broken(record) is null && Table.Type < row.Count ? row[Table.Type]?.Trim() : null;
        if (_sawTrailer)
            inputs.Add(Alone(record, new($"row {record.Row}", $"stands behind the last row ({_words.Trailer}) of the file")));
        else if (Is(type, _words.Order))
        {
            var next = New();
            next.AddOrder(row);
            Begin(next, next.IsDamaged ? FileEdge.DamagedOrder : FileEdge.None, inputs);
        }
        else if (Is(type, _words.Line) && Order is not null)
        {
            GoOn(inputs);
            Order.AddLine(row);
        }
        else if (Is(type, _words.Trailer))
        {
            _sawTrailer = true;
            Begin(null, FileEdge.None, inputs);
        }
        else if (type is not null && Table.Layout.Ignored.Contains(type))
            Order?.Keep(record);
        else
        {
            var fault = Broken(record) ?? new($"row {record.Row}", Is(type, _words.Line) ? "is of a line, and no order stands above it" : "is neither of an order nor of a line: its type is not known");
            if (Order is null)
                Unassign(record, fault, inputs);
            else
            {
                // It may be a line of this order, or the beginning of the next one, whose lines would then seem to be this one's.
                GoOn(inputs);
                Order.AddUnreadable(record, fault);
            }
        }
    }

    public override void End(RawRecord? last, List<ReadInput> inputs)
    {
        base.End(last, inputs);
        if (_words.Trailer is not null && !_sawTrailer && !IsKept && last is not null)
            inputs.Add(Alone(last with { Bytes = [] }, new($"row {last.Row}", $"is the last one, and not of type {_words.Trailer}: the file was cut off behind it")) with { Rows = 0, CutOff = true });
    }

    private void GoOn(List<ReadInput> inputs)
    {
        if (Order!.IsFull)
            Begin(New(wasFull: true), FileEdge.None, inputs);
    }

    private static bool Is(string? type, string? word) => type is not null && word is not null && type.Equals(word.Trim(), StringComparison.OrdinalIgnoreCase);
}
