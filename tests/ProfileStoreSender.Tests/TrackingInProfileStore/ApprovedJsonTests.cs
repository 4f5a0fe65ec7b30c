using Contracts.OrderIngest;
using MessageExamples;
using ProfileStoreSender.TrackingInProfileStore;

namespace ProfileStoreSender.Tests.TrackingInProfileStore;

/// <summary>Per kind of order; see <see cref="ApprovedJson"/>.</summary>
public sealed class ApprovedJsonTests
{
    private static readonly Guid Id = new("0c6f6b57-94a3-5a51-8f9c-3f8a3c1f7b10");

    private static readonly TrackingEventBuilder Builder = new(new ProfileStoreOptions { Scope = "webshop" });

    [Fact]
    public Task Sale() => Approve("sale", An.Order());

    [Fact]
    public Task Return_with_its_receipt() => Approve("return", An.Order("000124") with
    {
        Kind = OrderKind.Return,
        OriginalReceipt = new() { OrderId = new("7a0d6f1e-5b52-5a43-9d3c-2f1f5d1d9e01"), StoreId = "S012", RegisterId = "1", ReceiptNumber = "000099", BusinessDate = new(2026, 11, 2) },
    });

    [Fact]
    public Task What_was_bought_in_an_exchange() => Approve("exchange-sale", An.Order("000125") with { ExchangeOrderId = new("4d1f0a66-0f5b-5d0e-9c11-8a52c7e3d402") });

    [Fact]
    public Task What_came_back_in_an_exchange_without_a_receipt() =>
        Approve("exchange-return", An.Order("000125") with { Kind = OrderKind.Return, ExchangeOrderId = new("0c6f6b57-94a3-5a51-8f9c-3f8a3c1f7b10") });

    [Fact]
    public Task Return_of_money_alone() => Approve("return-of-money", An.Order("000126") with { Kind = OrderKind.Return, GoodsKept = true });

    [Fact]
    public Task Sale_by_order_number_with_the_least_of_everything() => Approve("minimal", An.Order() with
    {
        RegisterId = null,
        ReceiptNumber = null,
        OrderNumber = "ERP-4711",
        OccurredAt = new(2026, 11, 20, 23, 59, 59, 7, TimeSpan.FromHours(2)),
        Lines = [new() { Number = 1, Sku = "MÜTZE \"W\"", Quantity = 1, UnitPrice = 10, Total = 10 }],
        Totals = new() { Gross = 10 },
    });

    private static Task Approve(string kind, Order order) => ApprovedJson.Equal("TrackingInProfileStore", kind, Builder.Build(Id, order, An.Customer(" Pat@Shop.Example ")).Body);
}
