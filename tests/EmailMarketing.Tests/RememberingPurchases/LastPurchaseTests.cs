using Contracts.OrderIngest;
using EmailMarketing.RememberingPurchases;
using MessageExamples;

namespace EmailMarketing.Tests.RememberingPurchases;

public sealed class LastPurchaseTests
{
    private static readonly Guid Id = new("11111111-1111-5111-8111-111111111111");

    [Fact]
    public void Of_a_sale_tells_where_when_and_how_much() =>
        Assert.Equal(
            new LastPurchase { Email = "pat@shop.example", Name = "Pat Example", StoreId = "S012", PurchasedAt = An.Noon, Amount = 38.16m, Currency = "EUR", OrderId = Id },
            LastPurchase.Of(An.CustomerResolved(Id)));

    [Fact]
    public void Of_a_return_is_nothing() =>
        Assert.Null(LastPurchase.Of(An.CustomerResolved(Id, An.Order() with { Kind = OrderKind.Return })));

    [Theory]
    [InlineData("Pat@Shop.Example")]
    [InlineData("  pat@shop.example\t")]
    [InlineData("PAT@SHOP.EXAMPLE")]
    public void Of_a_sale_has_one_key_however_the_address_is_typed(string typed) =>
        Assert.Equal("pat@shop.example", LastPurchase.Of(An.CustomerResolved(Id, customer: An.Customer(typed)))?.Email);

    [Fact]
    public void Of_a_sale_has_an_internationalised_domain_in_ascii() =>
        Assert.Equal("pät@xn--bcher-kva.example", LastPurchase.Of(An.CustomerResolved(Id, customer: An.Customer("Pät@Bücher.example")))?.Email);

    [Fact]
    public void Of_a_sale_keeps_the_instant_in_utc_and_in_microseconds()
    {
        var at = new DateTimeOffset(2026, 11, 20, 13, 0, 0, TimeSpan.FromHours(1)).AddTicks(19);

        var purchase = LastPurchase.Of(An.CustomerResolved(Id, An.Order() with { OccurredAt = at }))!;

        Assert.Equal((An.Noon.AddTicks(10), TimeSpan.Zero), (purchase.PurchasedAt, purchase.PurchasedAt.Offset));
    }

    [Fact]
    public void ToString_gives_nobody_away()
    {
        var text = LastPurchase.Of(An.CustomerResolved(Id))!.ToString();

        Assert.DoesNotContain("pat", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Id.ToString(), text, StringComparison.Ordinal);
    }
}
