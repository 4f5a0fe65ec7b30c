using System.Globalization;
using System.Text.RegularExpressions;
using Contracts.OrderIngest;

namespace ProfileStoreSender.TrackingInProfileStore;

/// <summary>The sentence that marketers read on a profile's timeline, from a template. No placeholder stands for anything personal.</summary>
internal static partial class ValueSentence
{
    /// <summary>What a template may use.</summary>
    public static readonly IReadOnlyList<string> Placeholders = ["{count}", "{items}", "{total}", "{currency}", "{store}", "{orderNo}", "{date}"];

    private static readonly HashSet<string> PieceUnits = new(StringComparer.OrdinalIgnoreCase) { "pcs", "pc", "piece", "pieces", "ea", "each", "st", "stk" };

    /// <summary>Fills the template in.</summary>
    public static string Fill(string template, Order order, string orderNo)
    {
        var count = order.Lines.Sum(Pieces);
        return Placeholder().Replace(template, match => match.Value switch
        {
            "{count}" => count.ToString(CultureInfo.InvariantCulture),
            "{items}" => count == 1 ? "1 item" : string.Create(CultureInfo.InvariantCulture, $"{count} items"),
            "{total}" => order.Totals.Gross.ToString("0.00##", CultureInfo.InvariantCulture),
            "{currency}" => order.Currency,
            "{store}" => order.StoreId,
            "{orderNo}" => orderNo,
            "{date}" => order.BusinessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => match.Value,
        });
    }

    /// <summary>What is wrong with a template, or null.</summary>
    public static string? Fault(string template) =>
        string.IsNullOrWhiteSpace(template) ? "is empty; the profile store requires a value"
        : Placeholder().Matches(template).Select(match => match.Value).FirstOrDefault(used => !Placeholders.Contains(used)) is { } unknown
            ? $"holds {unknown}; known placeholders are {string.Join(", ", Placeholders)}" : null;

    /// <summary>Weighed and measured goods count as one item each: nobody buys "0.755 items".</summary>
    private static decimal Pieces(OrderLine line) =>
        line.Quantity == decimal.Truncate(line.Quantity) && (line.Unit is null || PieceUnits.Contains(line.Unit)) ? decimal.Truncate(line.Quantity) : 1;

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Placeholder();
}
