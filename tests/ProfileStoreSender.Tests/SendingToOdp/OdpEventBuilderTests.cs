using Contracts.OrderIngest;
using MessageExamples;
using ProfileStoreSender.SendingEvents;
using ProfileStoreSender.SendingToOdp;

namespace ProfileStoreSender.Tests.SendingToOdp;

public sealed class OdpEventBuilderTests
{
    private static readonly Guid Id = new("0c6f6b57-94a3-5a51-8f9c-3f8a3c1f7b10"), Original = new("7a0d6f1e-5b52-5a43-9d3c-2f1f5d1d9e01");

    private static readonly Order Return = An.Order("000124") with { Kind = OrderKind.Return, OriginalReceipt = new() { OrderId = Original, StoreId = "S012", ReceiptNumber = "000099" } };

    [Fact]
    public Task Purchase() => ApprovedJson.Equal("SendingToOdp", "purchase", Built(An.Order(card: "2900000000017"), new()).Body);

    [Fact]
    public Task Return_of_an_order_that_is_known() => ApprovedJson.Equal("SendingToOdp", "return", Built(Return, new()).Body);

    [Fact]
    public Task Return_without_a_receipt_stands_for_itself() => ApprovedJson.Equal("SendingToOdp", "blind-return", Built(Return with { OriginalReceipt = null }, new()).Body);

    [Fact]
    public Task Purchase_with_card_and_fields_of_its_own() => ApprovedJson.Equal("SendingToOdp", "purchase-with-fields", Built(
        An.Order(card: "2900000000017") with { ExchangeOrderId = Original },
        new()
        {
            CardIdentifier = "loyalty_card",
            OrderFields = new Dictionary<string, OdpOrderValue>
            {
                ["store_id"] = OdpOrderValue.StoreId,
                ["sales_channel"] = OdpOrderValue.Channel,
                ["erp_number"] = OdpOrderValue.OrderNumber,
                ["business_day"] = OdpOrderValue.BusinessDate,
                ["exchange"] = OdpOrderValue.ExchangeOrderId,
            },
        }).Body);

    [Fact]
    public void Its_id_depends_on_nothing_but_order_and_kind()
    {
        var id = Built(An.Order(), new()).TrackId;

        Assert.Equal(id, Built(An.Order("000124", card: "1"), new() { CardIdentifier = "card" }).TrackId);
        Assert.NotEqual(id, Built(Return, new()).TrackId);
        Assert.NotEqual(id, new OdpEventBuilder(new()).Build(Original, An.Order(), An.Customer()).TrackId);
    }

    private static BuiltEvent Built(Order order, OdpOptions options) => new OdpEventBuilder(options).Build(Id, order, An.Customer("pat@shop.example"));
}
