using Contracts.CustomerResolution;

namespace Contracts.Tests;

public sealed class CustomerKeyTests
{
    [Theory]
    [InlineData("pat@shop.example")]
    [InlineData("Pat@Shop.Example")]
    [InlineData("  PAT@shop.example\t")]
    public void Of_an_address_is_the_same_however_it_was_typed(string email) =>
        Assert.Equal("a6fcc0fee60024897e55549c7ea7bc413bfce1468a45b71970f972882f9697fa", CustomerKey.Of(email));

    [Theory]
    [InlineData("pat@bücher.example", "pat@xn--bcher-kva.example")]
    [InlineData("Pat@BÜCHER.Example", "pat@xn--bcher-kva.example")]
    [InlineData("pät@bücher.example", "pät@xn--bcher-kva.example")]
    public void Of_an_internationalised_domain_is_that_of_its_ascii_form(string typed, string normal) => Assert.Equal(CustomerKey.Of(normal), CustomerKey.Of(typed));

    [Theory]
    [InlineData("bücher")]
    [InlineData("pat@-bücher.-")]
    [InlineData("pat@ü..example")]
    [InlineData("pat@")]
    public void Of_what_is_no_address_is_a_key_all_the_same(string text) => Assert.Equal(64, CustomerKey.Of(text).Length);

    [Fact]
    public void Of_another_address_is_another() => Assert.NotEqual(CustomerKey.Of("pat@shop.example"), CustomerKey.Of("pat@shop2.example"));

    [Fact]
    public void Of_a_card_is_no_key_of_an_address()
    {
        var key = CustomerKey.OfCard(CustomerKey.Of("pat@shop.example"));

        Assert.NotEqual(CustomerKey.Of("pat@shop.example"), key);
        Assert.True(CustomerKey.IsOfCard(key));
        Assert.False(CustomerKey.IsOfCard(CustomerKey.Of("card:17")));
    }
}
