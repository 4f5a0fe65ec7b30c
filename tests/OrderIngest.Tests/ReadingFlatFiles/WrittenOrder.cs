using Contracts.OrderIngest;
using FsCheck;
using FsCheck.Fluent;
using OrderIngest.ReadingOrders;

namespace OrderIngest.Tests.ReadingFlatFiles;

/// <summary>An order as a till has it, before it is written in some layout.</summary>
internal sealed record WrittenOrder(string Receipt, bool IsReturn, DateTime Closed, string? Card, IReadOnlyList<WrittenLine> Lines)
{
    public decimal Gross => Lines.Sum(line => line.Amount);

    /// <summary>Orders that keep all rules, each with a receipt number of its own.</summary>
    public static Gen<IReadOnlyList<WrittenOrder>> Several =>
        from count in Gen.Choose(1, 6)
        from first in Gen.Choose(1000, 8000)
        from orders in Gen.ArrayOf(Any, count)
        select (IReadOnlyList<WrittenOrder>)[.. orders.Select((order, i) => order with { Receipt = $"R{first + i}" })];

    // Between two changes of the clocks.
    private static Gen<WrittenOrder> Any =>
        from isReturn in Gen.Elements(false, false, true)
        from minutes in Gen.Choose(0, 60 * 24 * 200)
        from card in Gen.Elements<string?>(null, "2900000000017", "card 1")
        from count in Gen.Choose(1, 4)
        from lines in Gen.ArrayOf(Line, count)
        select new WrittenOrder("", isReturn, new DateTime(2026, 4, 1, 3, 4, 0).AddMinutes(minutes), card, lines);

    private static Gen<WrittenLine> Line =>
        from sku in Gen.Elements("A-1", "10023", "Hemd; grün", "5\" screw", "a,b|c", "Öl 'x'", "=1+1")
        from thousandths in Gen.Elements(1000, 2000, 500, 1250, 12_000)
        from cents in Gen.Choose(1, 2_000_000)
        select new WrittenLine(sku, thousandths / 1000m, cents / 100m, decimal.Round(thousandths / 1000m * (cents / 100m), 2));

    /// <summary>Whether an order that was read is this one.</summary>
    public void AssertIs(ReadInput input, TimeZoneInfo zone)
    {
        Assert.Empty(input.Faults);
        var order = input.Order!;
        Assert.Equal((Receipt, IsReturn ? OrderKind.Return : OrderKind.Sale, Card), (order.ReceiptNumber, order.Kind, order.Customer.LoyaltyCard));
        Assert.Equal(Closed, TimeZoneInfo.ConvertTime(order.OccurredAt, zone).DateTime);
        Assert.Equal((DateOnly.FromDateTime(Closed), Gross), (order.BusinessDate, order.Totals.Gross));
        Assert.Equal(Lines, order.Lines.Select(line => new WrittenLine(line.Sku, line.Quantity, line.UnitPrice, line.Total)));
    }
}

/// <summary>A line of it.</summary>
internal sealed record WrittenLine(string Sku, decimal Quantity, decimal Price, decimal Amount);
