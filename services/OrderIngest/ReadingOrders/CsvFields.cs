using System.Globalization;

namespace OrderIngest.ReadingOrders;

/// <summary>One part of an order in one row of a flat file.</summary>
internal sealed class CsvFields(CsvRow row, IReadOnlyDictionary<string, CsvColumn> columns, List<Fault> faults) : Fields(faults)
{
    /// <summary>True when no column of this part says anything.</summary>
    public bool IsBlank => columns.Values.All(column => column.Index < 0 || row[column.Index] is { } text && string.IsNullOrWhiteSpace(text));

    public override string At(string name) => $"row {row.Record.Row}, {(columns.TryGetValue(name, out var column) ? column.Name : name)}";

    /// <summary>From the bytes as they are; what cannot be read so, and what is wrong, is the base's matter.</summary>
    public override decimal? Number(string name)
    {
        if (!columns.TryGetValue(name, out var column) || column.Index < 0)
            return null;
        if (row.IsEmpty(column.Index))
            return null;
        return row.TryBytes(column.Index, out var bytes) && bytes.Length <= Lengths.Value && decimal.TryParse(bytes, PlainNumber, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= Largest
            ? number
            : base.Number(name);
    }

    protected override RawValue Raw(string name)
    {
        if (!columns.TryGetValue(name, out var column) || column.Index < 0)
            return RawValue.Absent;
        return row[column.Index] is { } text ? new(RawKind.Text, text) : RawValue.Broken("is not valid text: bytes that are not UTF-8, or a misplaced quote");
    }
}
