using System.Globalization;
using System.Text;

namespace Benchmarks.Reporting;

/// <summary>A table that reads well as plain text too: the first column to the left, figures to the right.</summary>
internal sealed class MarkdownTable(params string[] headers)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row. Numbers are written with the digits that mean something; null is a figure that is missing.</summary>
    public MarkdownTable Row(params object?[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, headers.Length);
        _rows.Add([.. cells.Select(Text)]);
        return this;
    }

    public override string ToString()
    {
        var widths = headers.Select((header, column) => Math.Max(3, _rows.Append(headers).Max(row => row[column].Length))).ToArray();
        var text = new StringBuilder();
        Line(headers);
        Line([.. widths.Select((width, column) => column == 0 ? new string('-', width) : $"{new string('-', width - 1)}:")]);
        foreach (var row in _rows)
            Line(row);
        return text.ToString();

        void Line(string[] cells) =>
            text.Append("| ").AppendJoin(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).Append(" |\n");
    }

    /// <summary>Three digits that mean something, thousands apart, the same on every machine.</summary>
    public static string Text(object? value) => value switch
    {
        null => "missing",
        double number => number.ToString(Math.Abs(number) switch { >= 100 => "N0", >= 10 => "N1", >= 1 => "N2", _ => "0.000" }, CultureInfo.InvariantCulture),
        int or long => string.Create(CultureInfo.InvariantCulture, $"{value:N0}"),
        _ => $"{value}".Replace("|", "\\|", StringComparison.Ordinal),
    };
}
