using RunningSystem;

namespace FaultLab.Reconciling;

/// <summary>What breaks the law, in words that somebody can look up: how many, and which.</summary>
internal static class Evidence
{
    private const int Shown = 3;

    /// <summary>How many, what is wrong with them, and the first few ids.</summary>
    public static string Of(string what, IReadOnlyCollection<Guid> orders) => $"{orders.Count} {what} ({Few(orders)})";

    /// <summary>Every way in which the law is broken; empty when it holds.</summary>
    public static IReadOnlyList<string> Against(Law law) =>
    [
        .. law.Lost.GroupBy(order => order.Missing).Select(group => Of(group.Key, [.. group.Select(order => order.OrderId)])),
        .. law.UnderWay.GroupBy(order => order.State).Select(group => Of($"unfinished in state {group.Key}", [.. group.Select(order => order.OrderId)])),
        .. law.Doubled.Count > 0 ? [Of("events at the destination more often than the ledger knows that they may be", law.Doubled)] : Array.Empty<string>(),
    ];

    private static string Few(IReadOnlyCollection<Guid> orders) =>
        string.Join(", ", orders.Take(Shown).Select(id => id.ToString("D"))) + (orders.Count > Shown ? ", ..." : "");
}
