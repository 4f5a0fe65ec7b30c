using FsCheck;
using FsCheck.Fluent;
using MessageExamples;
using OrderIngest.IdentifyingOrders;

namespace OrderIngest.Tests.IdentifyingOrders;

public sealed class ContentHashTests
{
    [Fact]
    public void Zeros_at_the_end_of_an_amount_change_nothing() => Prop.ForAll(
        (from cents in Gen.Choose(0, 1_000_000)
         from zeros in Gen.Elements(1m, 1.0m, 1.000m)
         select (cents, zeros)).ToArbitrary(),
        amount => Assert.Equal(Hash(amount.cents / 100m), Hash(amount.cents / 100m * amount.zeros))).QuickCheckThrowOnFailure();

    [Fact]
    public void Another_amount_is_another_content() => Prop.ForAll(
        Gen.Choose(0, 1000).Two().ToArbitrary(),
        pair => Assert.Equal(pair.Item1 == pair.Item2, Hash(pair.Item1 / 100m) == Hash(pair.Item2 / 100m))).QuickCheckThrowOnFailure();

    [Fact]
    public void Everything_in_an_order_counts()
    {
        var order = An.Order();
        var others = new[]
        {
            order with { Customer = new() { Email = "pat@shop.example" } },
            order with { Lines = [order.Lines[1], order.Lines[0]] },
            order with { Lines = [order.Lines[0]] },
            order with { OccurredAt = order.OccurredAt.AddSeconds(1) },
            order with { OrderNumber = "1" },
            order with { OriginalReceipt = new() { ReceiptNumber = "1" } },
        };
        Assert.Equal(others.Length + 1, others.Append(order).Select(ContentHash.Of).Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void Of_gives_the_hash_it_has_always_given() =>
        Assert.Equal("050fb987e6eb1ca06a681346959f9f587db1a567f417c7a5877d519d7cff2c69", Convert.ToHexStringLower(ContentHash.Of(An.Order())));

    private static string Hash(decimal amount)
    {
        var order = An.Order();
        return Convert.ToHexString(ContentHash.Of(order with { Totals = new() { Gross = amount } }));
    }
}
