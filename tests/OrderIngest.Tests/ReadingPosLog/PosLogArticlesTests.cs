using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;
using static OrderIngest.Tests.ReadingPosLog.PosLogText;

namespace OrderIngest.Tests.ReadingPosLog;

/// <summary>Where tills write what was sold, and what looks like goods and is not.</summary>
public sealed class PosLogArticlesTests
{
    [Fact]
    public async Task What_identifies_the_article_may_be_an_element_of_its_own()
    {
        var order = await TillFile.Order(InputFormat.PosLog, One(Line(1,
            "<Sale ItemType=\"Stock\"><Item><ItemNumber>915</ItemNumber><ItemName>WATCH</ItemName><UPCNumber>4400618</UPCNumber></Item><RegularSalesUnitPrice>49.00</RegularSalesUnitPrice>" +
            "<ActualSalesUnitPrice>36.50</ActualSalesUnitPrice><DiscountAmount>12.50</DiscountAmount><Quantity>4</Quantity><Tax><Amount>7.30</Amount></Tax></Sale>") + Total(153.30m, "TransactionGrossAmount")));
        Assert.Equal("sale 153.3 SEK: 915 4 x 36.5 = 146", TillFile.In(order));
        Assert.Equal(("4400618", "WATCH", false), (order.Lines[0].Barcode, order.Lines[0].Description, order.PricesIncludeTax));
    }

    [Theory]
    [InlineData("<ItemID Name=\"Cola 33 cl\">205</ItemID>", "Cola 33 cl")]
    [InlineData("<ItemID Name=\"SKU\">205</ItemID><ItemID Name=\"Codabar\">2022</ItemID><ItemDesc>Cola</ItemDesc>", "Cola")]
    public async Task A_name_at_the_id_is_the_articles_unless_it_tells_ids_apart(string ids, string description)
    {
        var line = (await TillFile.Order(InputFormat.PosLog, One(Line(1, $"<Sale>{ids}<ExtendedAmount>25</ExtendedAmount><Quantity>1</Quantity></Sale>")))).Lines[0];
        Assert.Equal(("205", description), (line.Sku, line.Description));
    }

    [Theory]
    [InlineData("<RegularSaleUnitPrice>12</RegularSaleUnitPrice>")]
    [InlineData("<UnitRetailPrice>12</UnitRetailPrice>")]
    public async Task A_price_has_many_names(string price)
    {
        var line = (await TillFile.Order(InputFormat.PosLog, One(Line(1, $"<Sale><ItemID>A</ItemID>{price}<ExtendedAmount>10</ExtendedAmount><Quantity>1</Quantity></Sale>")))).Lines[0];
        Assert.Equal((12, 2, 10), (line.UnitPrice, line.Discount, line.Total));
    }

    [Fact]
    public async Task A_gift_card_that_is_sold_under_its_own_name_is_a_line_without_its_number()
    {
        var file = One(Line(1, Sale("A", 1, 110, more: "<Tax><Amount>13.20</Amount></Tax>")) + Line(2, "<SaleOfGiftCard><CardNumber>60603917</CardNumber><InitialBalance>100.00</InitialBalance></SaleOfGiftCard>") + Total(223.20m));
        Assert.Equal("sale 223.2 SEK: A 1 x 110 = 110, GiftCard 1 x 100 = 100", await TillFile.In(InputFormat.PosLog, file));
        var order = await TillFile.Order(InputFormat.PosLog, file);
        Assert.False(order.PricesIncludeTax);
        Assert.DoesNotContain("60603917", order.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_goods_are_delivered_that_are_on_lines_of_their_own_is_no_line()
    {
        const string Shipment = "<SaleForDelivery ItemType=\"x:ShippingGroup\"><ItemID>sg-17</ItemID><Item><ItemID>A</ItemID><ExtendedAmount>20</ExtendedAmount><Quantity>2</Quantity><ItemLink>1</ItemLink></Item></SaleForDelivery>";
        Assert.Equal("sale 20 SEK: A 2 x 10 = 20", await TillFile.In(InputFormat.PosLog, One(Line(1, Sale("A", 2, 10)) + Line(2, Shipment) + Total(20))));
        var delivered = Sale("A", 2, 10).Replace("Sale>", "SaleForDelivery>", StringComparison.Ordinal);
        Assert.Equal("sale 20 SEK: A 2 x 10 = 20", await TillFile.In(InputFormat.PosLog, One(Line(1, delivered) + Total(20))));
    }

    [Theory]
    [InlineData("<BusinessUnit><BusinessUnitNumber>280</BusinessUnitNumber></BusinessUnit>", "280")]
    [InlineData("<BusinessUnit><UnitID TypeCode=\"x:Country\">15</UnitID></BusinessUnit><BusinessUnit><UnitID TypeCode=\"RetailStore\">280</UnitID></BusinessUnit>", "280")]
    [InlineData("<BusinessUnit><UnitID TypeCode=\"WebSite\">50</UnitID></BusinessUnit><BusinessUnit><UnitID TypeCode=\"x:Country\">15</UnitID></BusinessUnit>", "50")]
    public async Task The_store_may_be_one_unit_of_several(string units, string store)
    {
        var head = Head.Replace("<RetailStoreID>0412</RetailStoreID>", units, StringComparison.Ordinal);
        Assert.Equal(store, (await TillFile.Order(InputFormat.PosLog, One(Line(1, Sale("A", 1, 10)), head))).StoreId);
        var link = $"<TransactionLink ReasonCode=\"Return\">{units}<SequenceNumber>9</SequenceNumber></TransactionLink>";
        Assert.Equal(store, (await TillFile.Order(InputFormat.PosLog, One(link + Line(1, Return("A", 1, 10))))).OriginalReceipt!.StoreId);
    }
}
