using System.Text.RegularExpressions;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// What is left of a fault when the place is taken out, so that the same mistake in a thousand orders is one line of a summary: <c>$.lines[2].sku</c> with
/// <c>is required</c> is <c>lines[].sku is required</c>, and <c>row 12, currency</c> is <c>currency</c>.
/// </summary>
internal static partial class FaultKind
{
    /// <summary>The one fault of input that breaks no rule but would change an accepted order.</summary>
    public const string Changed = "was accepted before with other content";

    /// <summary>Longest kind, in characters; names of columns come from outside.</summary>
    private const int Longest = 200;

    public static string Of(Fault fault)
    {
        var parts = fault.At.Split(", ").Where(part => !Place().IsMatch(part)).Select(part => Numbered().Replace(Index().Replace(part, "[]"), "$1"));
        var at = string.Join(", ", parts);
        at = at.StartsWith("$.", StringComparison.Ordinal) ? at[2..] : at == "$" ? "" : at;
        var says = Varying().Replace(fault.Says, "#");
        var kind = Control().Replace(at.Length == 0 ? says : $"{at} {says}", " ");
        return kind.Length <= Longest ? kind : kind[..(char.IsHighSurrogate(kind[Longest - 1]) ? Longest - 1 : Longest)];
    }

    /// <summary>Each kind once. Input without faults was rejected because it would change an accepted order.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<Fault> faults) => faults.Count == 0 ? [Changed] : [.. faults.Select(Of).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex(@"^(?:row|line|column|position|byte) \d+$")]
    private static partial Regex Place();

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();

    [GeneratedRegex(@"^(.*\D) \d+$")]
    private static partial Regex Numbered();

    // Limits stay: they come from the configuration and do not vary.
    [GeneratedRegex(@"(?<=\b(?:row|line|column|position|byte|has) )\d+")]
    private static partial Regex Varying();

    [GeneratedRegex(@"\p{Cc}+")]
    private static partial Regex Control();
}
