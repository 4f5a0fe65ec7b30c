using System.Globalization;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>Where a field's value comes from: a column by its name, a column by its position, or the same text for every row.</summary>
/// <param name="Name">The column's name, or how the configuration wrote its position.</param>
/// <param name="Position">From 0; null for a column known by its name, or a constant.</param>
/// <param name="Constant">Null for a column.</param>
/// <param name="IsConfigured">False for a name that is only looked for.</param>
internal sealed record ColumnSource(string Name, int? Position, string? Constant, bool IsConfigured)
{
    /// <summary>Reads <c>name</c>, <c>#3</c> (the third column) or <c>=text</c>; null for a blank one.</summary>
    public static ColumnSource? Parse(string? text) => text?.Trim() switch
    {
        null or "" => null,
        ['=', .. var constant] => new(text.Trim(), null, constant, true),
        ['#', .. var digits] when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var position) => new(text.Trim(), position - 1, null, true),
        var name => new(name, null, null, true),
    };

    /// <summary>A name that a file may have or not.</summary>
    public static ColumnSource MayBe(string name) => new(name, null, null, false);
}
