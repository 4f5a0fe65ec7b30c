using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>What one row says, field by field; every reading notes its own fault, in the file's words.</summary>
internal readonly struct FlatCells(CsvRow row, FlatColumns columns, FlatLayout layout, List<Fault> faults)
{
    /// <summary>Which row it is, for faults.</summary>
    public string Place => $"{columns.RowName} {row.Record.Row}";

    public string At(FlatField field) => $"{Place}, {columns.Name(field)}";

    /// <summary>As the file or the configuration calls it.</summary>
    public string NameOf(FlatField field) => columns.Name(field);

    public void Fault(FlatField field, string says) => faults.Add(new(At(field), says));

    public bool Has(FlatField field) => columns.Has(field);

    /// <summary>Trimmed; null when blank or not there.</summary>
    public string? Text(FlatField field)
    {
        var place = columns.Place(field);
        if (place < 0)
            return columns.Constant(field);
        if (place >= row.Count || row.IsEmpty(place))
            return null;
        var text = row[place];
        if (text is null || layout.MayHoldReplaced && text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            Fault(field, $"is not valid text: bytes that are not {layout.Encoding?.WebName ?? layout.Wide?.WebName ?? layout.TurnedFrom ?? "UTF-8 (another encoding is configured as Encoding)"}, or a misplaced quote");
            return null;
        }
        text = text.Trim();
        return text.Length == 0 ? null : text;
    }

    public decimal? Number(FlatField field)
    {
        var place = columns.Place(field);
        if (place >= 0 && place < row.Count && row.TryBytes(place, out var bytes) && layout.Numbers.TryParse(bytes, out var number))
            return number;
        var isBroken = place >= 0 && place < row.Count && !row.IsEmpty(place) && FlatNumbers.IsBroken(row[place]);
        var text = isBroken ? null : Text(field);
        if (text is not null && layout.Numbers.TryParse(text, out number))
            return number;
        if (text is not null || isBroken)
            Fault(field, layout.Numbers.Says);
        return null;
    }

    /// <summary>Null when blank or not there.</summary>
    public bool? Flag(FlatField field)
    {
        if (Text(field) is not { } text)
            return null;
        if (layout.Words.TryFlag(text, out var flag))
            return flag;
        // Many exports say when an order was cancelled, and nothing otherwise.
        if (field == FlatField.Cancelled && layout.Times.IsMoment(text))
            return true;
        Fault(field, "is neither yes nor no by the words that Flags knows");
        return null;
    }

    public DateOnly? Date(FlatField field)
    {
        if (Text(field) is not { } text)
            return null;
        if (!layout.Times.TryDate(text, out var date))
            Fault(field, layout.Times.SaysDate);
        return date;
    }

    public TimeSpan? Time(FlatField field)
    {
        if (Text(field) is not { } text)
            return null;
        if (layout.Times.TryTime(text, out var time))
            return time;
        Fault(field, layout.Times.SaysTime);
        return null;
    }
}
