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
