using System.Collections.Frozen;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>What a format has by itself, before a source configures anything: column names to look for, words, signs.</summary>
internal sealed record FlatPreset
{
    /// <summary>Our own flat file.</summary>
    public static FlatPreset Own { get; } = new() { Columns = field => [FlatFields.Column(field)] };

    /// <summary>Names to look for, the best first.</summary>
    public required Func<FlatField, IReadOnlyList<string>> Columns { get; init; }

    public AmountSign AmountSign { get; init; }

    /// <summary>As in <see cref="FlatTimes"/>.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>A date that means none.</summary>
    public DateOnly? EmptyDate { get; init; }

    public FrozenDictionary<string, FlatKind> Kinds { get; init; } = FrozenDictionary<string, FlatKind>.Empty;

    /// <summary>For kinds that are skipped, why.</summary>
    public FrozenDictionary<string, string> KindReasons { get; init; } = FrozenDictionary<string, string>.Empty;

    public FrozenDictionary<string, bool> Flags { get; init; } = FrozenDictionary<string, bool>.Empty;

    /// <summary>For each status why such a transaction is no order; null = it is one.</summary>
    public FrozenDictionary<string, string?> Statuses { get; init; } = FrozenDictionary<string, string?>.Empty;

    /// <summary>Columns that name an order in both files, where there are two, each with the names it may have. The last one is indispensable.</summary>
    public IReadOnlyList<IReadOnlyList<ColumnSource>> OrderId { get; init; } = [];

    /// <summary>The names where one file with everything in it will do as well as two; null where it will not.</summary>
    public Func<FlatField, IReadOnlyList<string>>? ColumnsOfOneFile { get; init; }
}
