using System.Globalization;
using System.Text.RegularExpressions;
using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Where a fault is, for a person with the file open: the row, and the column or field in it.</summary>
/// <param name="Row">Row or line of the file, from 1; null when the fault does not say.</param>
/// <param name="Field">Column, element or path; empty when the whole row is meant.</param>
internal readonly partial record struct FaultPlace(int? Row, string Field)
{
    public static FaultPlace Of(Fault fault)
    {
        var parts = fault.At.Split(", ");
        var row = parts.Select(part => Place().Match(part)).FirstOrDefault(match => match.Success);
        return new(
            row is not null && int.TryParse(row.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
            string.Join(", ", parts.Where(part => !Place().IsMatch(part))));
    }

    [GeneratedRegex(@"^(?:row|line) (\d+)$")]
    private static partial Regex Place();
}
