using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>Where one kind of row of a file has which field.</summary>
internal sealed class FlatColumns
{
    private const int Absent = -1;

    private static readonly FlatField[] KeyFields = [FlatField.OrderNumber, FlatField.StoreId, FlatField.RegisterId, FlatField.ReceiptNumber, FlatField.BusinessDate, FlatField.OccurredDate];

    private readonly int[] _places = new int[FlatFields.All.Count];
    private readonly string?[] _constants = new string?[FlatFields.All.Count];
    private readonly string[] _names = new string[FlatFields.All.Count];

    /// <param name="layout">The source's.</param>
    /// <param name="header">The row of column names; null for a file without.</param>
    /// <param name="wanted">Which fields such rows have.</param>
    /// <param name="faults">Told about every configured column that is not there.</param>
    /// <param name="row">How faults call such a row; two files count their rows apart.</param>
    public FlatColumns(FlatLayout layout, FlatHeader? header, Func<FlatField, bool> wanted, List<Fault> faults, string row = "row")
    {
        RowName = row;
        // A column that is configured for one field is not another's because it happens to have its name.
        var claimed = FlatFields.All.Where(wanted).SelectMany(layout.Sources).Where(source => source.IsConfigured).Select(source => source.Position ?? header?.Find(source.Name)).ToHashSet();
        foreach (var field in FlatFields.All)
        {
            var sources = wanted(field) ? layout.Sources(field) : [];
            _places[(int)field] = Absent;
            _names[(int)field] = sources.Count > 0 ? sources[0].Name : FlatFields.Name(field);
            foreach (var source in sources)
            {
                if (source.Constant is not null)
                    _constants[(int)field] = source.Constant;
                else if ((source.Position ?? header?.Find(source.Name)) is { } place && (source.IsConfigured || !claimed.Contains(place)))
                    (_places[(int)field], _names[(int)field]) = (place, source.Name);
                else
                    continue;
                break;
            }
            if (sources is [{ IsConfigured: true } missing] && !Has(field))
                faults.Add(new(header is null ? missing.Name : $"{row} {header.Row.Record.Row}, {missing.Name}", $"is missing among the column names; {FlatFields.Name(field)} is to come from it"));
            else if (Has(field) && header?.IsRepeated(_places[(int)field]) == true)
                faults.Add(new($"{row} {header.Row.Record.Row}, {_names[(int)field]}", "is the name of two columns: give the position of the right one, such as #3"));
        }
        Count = header?.Row.Count ?? 0;
        Key = [.. KeyFields.Select(field => _places[(int)field]).Where(place => place >= 0)];
        OfOrder = [.. FlatFields.All.Where(field => !FlatFields.IsOfLine(field) && _places[(int)field] >= 0)];
        LastKey = Key.Count > 0 ? Key.Max() : -1;
        BesideKey = [.. OfOrder.Select(field => _places[(int)field]).Except(Key)];
        OfLine = [.. FlatFields.All.Where(field => FlatFields.IsOfLine(field) && _places[(int)field] >= 0)];
        Least = _places.Max() + 1;
    }

    /// <summary>How faults call such a row.</summary>
    public string RowName { get; }

    /// <summary>Fields of the header row; 0 without one.</summary>
    public int Count { get; }

    /// <summary>Fields that a row must have for every one in use to be there.</summary>
    public int Least { get; }

    /// <summary>The columns that tell which order a row belongs to.</summary>
    public IReadOnlyList<int> Key { get; }

    /// <summary>The last of them, from 0; -1 without any.</summary>
    public int LastKey { get; }

    /// <summary>The order's other columns.</summary>
    public IReadOnlyList<int> BesideKey { get; }

    /// <summary>Fields of the order that have a column.</summary>
    public IReadOnlyList<FlatField> OfOrder { get; }

    /// <summary>Fields of a line that have a column.</summary>
    public IReadOnlyList<FlatField> OfLine { get; }

    /// <summary>True when a column or a constant says it.</summary>
    public bool Has(FlatField field) => _places[(int)field] >= 0 || _constants[(int)field] is not null;

    /// <summary>The column, from 0; -1 when there is none.</summary>
    public int Place(FlatField field) => _places[(int)field];

    public string? Constant(FlatField field) => _constants[(int)field];

    /// <summary>As the file or the configuration calls it.</summary>
    public string Name(FlatField field) => _names[(int)field];
}
