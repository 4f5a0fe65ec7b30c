using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using MessageExamples;
using ProfileStoreSender.SendingEvents;
using ProfileStoreSender.SendingToOdp;

namespace ProfileStoreSender.Tests.SendingToOdp;

public sealed class OdpEventBuilderTests
{
    private static readonly Guid Id = new("0c6f6b57-94a3-5a51-8f9c-3f8a3c1f7b10"), Original = new("7a0d6f1e-5b52-5a43-9d3c-2f1f5d1d9e01"), OtherHalf = new("4d1f0a66-0f5b-5d0e-9c11-8a52c7e3d402");

    private static readonly Order Return = An.Order("000124") with { Kind = OrderKind.Return, OriginalReceipt = new() { OrderId = Original, StoreId = "S012", ReceiptNumber = "000099" } };

    private static readonly OdpOptions ByCard = new() { CardIdentifier = "loyalty_card" };

    private static readonly OdpOptions WithFields = new()
    {
        CardIdentifier = "loyalty_card",
        OrderFields = new Dictionary<string, OdpOrderValue>
        {
            ["store_id"] = OdpOrderValue.StoreId,
            ["sales_channel"] = OdpOrderValue.Channel,
            ["erp_number"] = OdpOrderValue.OrderNumber,
            ["business_day"] = OdpOrderValue.BusinessDate,
            ["in_store_order"] = OdpOrderValue.OrderId,
            ["exchange_order"] = OdpOrderValue.ExchangeOrderId,
        },
    };

    private static readonly Customer Pat = An.Customer("pat@shop.example") with { Card = "2900000000017" };

    [Fact]
    public Task Purchase() => Approve("purchase", An.Order(), new());

    [Fact]
    public Task Return_of_an_order_that_is_known() => Approve("return", Return, new());

    [Fact]
    public Task Return_without_a_receipt_stands_for_itself() => Approve("blind-return", Return with { OriginalReceipt = null }, new());

    [Fact]
    public Task Refund_of_an_order_that_is_known() => Approve("refund", Return with { GoodsKept = true }, WithFields);

    [Fact]
    public Task Purchase_with_card_and_fields_of_its_own() => Approve("purchase-with-fields", An.Order() with { OrderNumber = "A-77" }, WithFields);

    [Fact]
    public Task What_was_bought_in_an_exchange() => Approve("exchange-purchase", An.Order("000125") with { ExchangeOrderId = OtherHalf }, WithFields);

    [Fact]
    public Task What_came_back_in_an_exchange() => Approve("exchange-return", Return with { ReceiptNumber = "000125", ExchangeOrderId = OtherHalf }, WithFields);

    [Fact]
    public Task Purchase_of_a_card_that_nobody_is_known_by() => ApprovedJson.Equal("SendingToOdp", "card-purchase", BuiltByCard(An.Order(), ByCard).Body);

    [Fact]
    public Task Return_of_a_card_that_nobody_is_known_by() => ApprovedJson.Equal("SendingToOdp", "card-return", BuiltByCard(Return, ByCard).Body);

    [Fact]
    public void A_card_is_sent_as_it_was_looked_up_by_and_never_as_it_was_scanned()
    {
        var scanned = An.Order(card: "2900-0000-00017");

        Assert.DoesNotContain("2900", Text(Built(scanned, ByCard, Pat with { Card = null })), StringComparison.Ordinal);
        Assert.Contains("\"loyalty_card\":\"2900000000017\"", Text(Built(scanned, ByCard, Pat)), StringComparison.Ordinal);
        Assert.DoesNotContain("2900", Text(Built(scanned, new(), Pat)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_customer_and_the_card_alone_are_known_by_the_same_identifier_and_one_event()
    {
        var (known, byCard) = (Built(An.Order(), ByCard, Pat), BuiltByCard(An.Order(), ByCard));

        Assert.Equal(known.TrackId, byCard.TrackId);
        Assert.Equal(Text(known).Replace("\"email\":\"pat@shop.example\",", "", StringComparison.Ordinal), Text(byCard));
    }

    [Fact]
    public void Its_id_depends_on_nothing_but_order_and_kind()
    {
        var id = Built(An.Order(), new(), Pat).TrackId;

        Assert.Equal(id, Built(An.Order("000124", card: "1"), new() { CardIdentifier = "card" }, Pat).TrackId);
        Assert.NotEqual(id, Built(Return, new(), Pat).TrackId);
        Assert.NotEqual(Built(Return, new(), Pat).TrackId, Built(Return with { GoodsKept = true }, new(), Pat).TrackId);
        Assert.NotEqual(id, new OdpEventBuilder(new()).Build(new(Original, An.Order(), Pat, false)).TrackId);
    }

    private static Task Approve(string kind, Order order, OdpOptions options) => ApprovedJson.Equal("SendingToOdp", kind, Built(order, options, Pat).Body);

    private static BuiltEvent Built(Order order, OdpOptions options, Customer customer) => new OdpEventBuilder(options).Build(new(Id, order, customer, false));

    private static BuiltEvent BuiltByCard(Order order, OdpOptions options) => new OdpEventBuilder(options).Build(new(Id, order, null, false) { Card = new("2900000000017", "key-17") });

    private static string Text(BuiltEvent built) => System.Text.Encoding.UTF8.GetString(built.Body);
}
