using Contracts.OrderIngest;
using OrderIngest.GuardingSources;

namespace OrderIngest.ReadingOrders;

/// <summary>From a transaction of any format to what the intake takes: nothing but a skipped one, an order, the two orders of an exchange, or faults.</summary>
internal static class ReceiptInputs
{
    public static IEnumerable<ReadInput> Of(
        Func<List<Fault>, (Receipt? Receipt, string? Skipped)> read, Source source, OrderRules rules, IReadOnlyList<ReadOnlyMemory<byte>> raw, int row, int rows, long position, IReadOnlyList<string> notes)
    {
        var faults = new List<Fault>();
        var input = new ReadInput { Source = source.Name, Faults = faults, Raw = raw, FirstRow = row, Rows = rows, Position = position };
        var (receipt, skipped) = read(faults);
        if (receipt is null)
            return [input with { Skipped = skipped, Notes = notes }];
        if (receipt.Lines.Count > rules.MaxLines)
            faults.Add(new("lines", $"has more than {rules.MaxLines} lines"));
        receipt.Currency ??= source.Currency;
        receipt.StoreId ??= source.Store;
        var parts = faults.Count > 0 ? [] : ReceiptSettling.Settle(receipt, source.ZoneOf(receipt.StoreId), faults);
        input = input with { Notes = [.. notes, .. receipt.Notes] };
        if (parts.Count == 0)
            return [faults.Count > 0 ? input : input with { Skipped = "every line was voided" }];
        var orders = new List<Order>();
        foreach (var part in parts)
        {
            if (rules.Check(part.Fields, source, faults) is { } order)
                orders.Add(order);
        }
        // Half an exchange would be a wrong sale: both or none.
        if (faults.Count > 0)
            return [input];
        if (orders is [var only])
            return [input with { Order = only }];
        // The bytes belong to both; only the first is counted as rows.
        return [input with { Order = orders[0] }, input with { Order = orders[1], Rows = 0 }];
    }
}
