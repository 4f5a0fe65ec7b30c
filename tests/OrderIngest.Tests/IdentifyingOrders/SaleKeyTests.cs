using Contracts.OrderIngest;
using FsCheck;
using FsCheck.Fluent;
using MessageExamples;
using OrderIngest.IdentifyingOrders;

namespace OrderIngest.Tests.IdentifyingOrders;

public sealed class SaleKeyTests
{
    // Short texts of few letters, digits and separators: the ones that run together when a key is built carelessly.
    private static readonly Gen<string> Part = Gen.NonEmptyListOf(Gen.Elements('1', '2', '-', '|', ':', 'ä')).Select(letters => $"x{string.Concat(letters)}");

    private static readonly Gen<Order> Orders =
        from source in Part
        from store in Part
        from register in Part
        from receipt in Part
        from day in Gen.Choose(1, 3)
        select An.Order() with { Source = source, StoreId = store, RegisterId = register, ReceiptNumber = receipt, BusinessDate = new(2026, 11, day) };

    [Fact]
    public void Equal_keys_give_equal_ids_and_different_keys_different_ones() => Prop.ForAll(
        (from a in Orders
         from other in Orders
         from b in Gen.Elements(other, a with { Lines = [] }, Shifted(a))
         select (a, b)).ToArbitrary(),
        pair => Assert.Equal(Key(pair.a) == Key(pair.b), Id(pair.a) == Id(pair.b))).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Blanks_around_and_everything_outside_the_key_change_nothing() => Prop.ForAll(Orders.ToArbitrary(), order =>
        Assert.Equal(Id(order), Id(order with
        {
            StoreId = $" {order.StoreId}\t",
            RegisterId = $"{order.RegisterId} ",
            OrderNumber = "another",
            Currency = "SEK",
            Lines = [],
        }))).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_a_full_receipt_the_order_number_counts()
    {
        var order = An.Order() with { RegisterId = null, OrderNumber = "4711" };
        Assert.Equal(Id(order), Id(order with { StoreId = "elsewhere", ReceiptNumber = null }));
        Assert.NotEqual(Id(order), Id(order with { Source = "other" }));
        Assert.Null(SaleKey.Of(order with { OrderNumber = " " }));
    }

    [Fact]
    public void Of_gives_the_id_it_has_always_given()
    {
        Assert.Equal(new("e957335a-95dd-5e77-9ac4-1b80add238b6"), Id(An.Order()));
        Assert.Equal(new("01af9f1d-fb42-5caa-bef3-bb3e54cf781c"), Id(An.Order() with { RegisterId = null, OrderNumber = "4711" }));
    }

    [Fact]
    public void Of_is_a_version_5_uuid() => Assert.Equal((5, '8'), (Id(An.Order()).Version, Id(An.Order()).ToString("D")[19] is '8' or '9' or 'a' or 'b' ? '8' : '?'));

    // The same characters in the same order, cut elsewhere.
    private static Order Shifted(Order order) =>
        order with { Source = order.Source + order.StoreId[..1], StoreId = order.StoreId[1..], RegisterId = order.RegisterId + order.ReceiptNumber![..1], ReceiptNumber = order.ReceiptNumber[1..] };

    private static Guid Id(Order order) => SaleKey.Of(order)!.OrderId;

    private static (string, string, string?, string?, DateOnly) Key(Order order) => (order.Source, order.StoreId, order.RegisterId, order.ReceiptNumber, order.BusinessDate);
}
