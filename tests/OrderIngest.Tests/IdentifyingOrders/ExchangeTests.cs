using Contracts.OrderIngest;
using OrderIngest.IdentifyingOrders;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.IdentifyingOrders;

public sealed class ExchangeTests
{
    [Theory]
    [InlineData("000123", null)]
    [InlineData(null, "A-77")]
    public void Posted_halves_name_each_other_and_the_sale_keeps_the_receipts_id(string? receipt, string? number)
    {
        var alone = Submitted.Order() with { ReceiptNumber = receipt, OrderNumber = number };
        var sale = Read(alone with { Exchange = true });
        var back = Read(alone with { Exchange = true, Kind = "return" });
        Assert.Equal((SaleKey.Of(back)!.OrderId, SaleKey.Of(sale)!.OrderId), (sale.ExchangeOrderId, back.ExchangeOrderId));
        Assert.NotEqual(sale.ExchangeOrderId, back.ExchangeOrderId);
        Assert.Equal(SaleKey.Of(Read(alone))!.OrderId, SaleKey.Of(sale)!.OrderId);
        Assert.Null(Read(alone with { Exchange = false }).ExchangeOrderId);
    }

    [Fact]
    public void A_return_may_name_its_order_by_the_sources_own_number()
    {
        var sale = Read(Submitted.Order() with { RegisterId = null, ReceiptNumber = null, OrderNumber = "A-77" });
        var back = Read(Submitted.Order() with { Kind = "return", OriginalReceipt = new(OrderNumber: "A-77") });
        Assert.Equal(new ReceiptReference { OrderNumber = "A-77", OrderId = SaleKey.Of(sale)!.OrderId }, back.OriginalReceipt);
    }

    private static Order Read(OrderIngest.ReceivingOrders.SubmittedOrder order) => Submitted.Read(Submitted.Node(order)).Order!;
}
