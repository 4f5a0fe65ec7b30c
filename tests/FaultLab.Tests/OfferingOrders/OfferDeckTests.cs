using System.Text.Json;
using FaultLab.OfferingOrders;

namespace FaultLab.Tests.OfferingOrders;

public sealed class OfferDeckTests
{
    [Fact]
    public void The_same_seed_gives_the_same_offers() => Assert.Equal(Offers(3).SelectMany(offer => offer.Sales), Offers(3).SelectMany(offer => offer.Sales));

    [Fact]
    public void A_few_hundred_offers_have_every_oddity()
    {
        var offers = Offers(1);
        var sales = offers.SelectMany(offer => offer.Sales).ToList();

        Assert.Equal(Enum.GetValues<Buyer>(), sales.Select(sale => sale.Buyer).Distinct().Order());
        Assert.Contains(offers, offer => offer.Changed);
        Assert.Contains(offers, offer => offer.Batch && offer.Sales.Distinct().Count() < offer.Sales.Count);
        Assert.Contains(sales.GroupBy(sale => sale.Receipt), receipt => receipt.Count() > 1);
    }

    [Fact]
    public void Sales_come_by_every_way_and_some_by_more_than_one()
    {
        var ways = Offers(1).SelectMany(offer => offer.Sales, (offer, sale) => (sale.Receipt, offer.Way)).ToLookup(offered => offered.Way, offered => offered.Receipt);

        Assert.Equal([Way.Http, Way.Inbox, Way.Queue], ways.Select(way => way.Key).Order());
        Assert.All(ways, way => Assert.InRange(way.Distinct().Count(), 30, 500));
        Assert.NotEmpty(ways[Way.Http].Intersect(ways[Way.Inbox]));
        Assert.NotEmpty(ways[Way.Http].Intersect(ways[Way.Queue]));
        Assert.NotEmpty(ways[Way.Inbox].Intersect(ways[Way.Queue]));
    }

    [Fact]
    public void Files_hold_many_sales_messages_one_and_neither_other_content()
    {
        Assert.All(Offers(1).Where(offer => offer.Way == Way.Inbox), file => Assert.Equal((true, false, 8), (file.Batch, file.Changed, file.Sales.Count)));
        Assert.All(Offers(1).Where(offer => offer.Way == Way.Queue), message => Assert.Equal((false, false, 1), (message.Batch, message.Changed, message.Sales.Count)));
    }

    [Fact]
    public void Each_sale_of_a_batch_has_a_line()
    {
        var lines = new Offer([new(7, Buyer.Nobody), new(8, Buyer.Nobody), new(7, Buyer.Nobody)], Way.Inbox, Batch: true).Lines.Split('\n');

        Assert.Equal(["7", "8", "7"], lines[..3].Select(line => JsonDocument.Parse(line).RootElement.GetProperty("receiptNumber").GetString()));
        Assert.Equal([""], lines[3..]);
    }

    [Theory]
    [InlineData(Buyer.Member, "Tracked", true), InlineData(Buyer.Member, "AwaitingCustomer", false)]
    [InlineData(Buyer.Stranger, "AwaitingCustomer", true), InlineData(Buyer.Stranger, "Tracked", false)]
    [InlineData(Buyer.Blocked, "Suppressed", true), InlineData(Buyer.Blocked, "Tracked", false)]
    [InlineData(Buyer.Nobody, "Unidentified", true), InlineData(Buyer.Nobody, "Received", false)]
    internal void Where_an_order_must_end_depends_on_its_buyer(Buyer buyer, string state, bool right) => Assert.Equal(right, new Sale(1, buyer).EndsIn(state));

    private static List<Offer> Offers(int seed)
    {
        var deck = new OfferDeck(seed);
        return [.. Enumerable.Range(0, 400).Select(_ => deck.Next())];
    }
}
