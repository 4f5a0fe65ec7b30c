using ProfileStoreSender.KeepingConsents;

namespace ProfileStoreSender.Tests.KeepingConsents;

public sealed class CustomerKeyTests
{
    [Theory]
    [InlineData("pat@shop.example")]
    [InlineData("Pat@Shop.Example")]
    [InlineData("  PAT@shop.example\t")]
    public void Of_an_address_is_the_same_however_it_was_typed(string email) =>
        Assert.Equal("a6fcc0fee60024897e55549c7ea7bc413bfce1468a45b71970f972882f9697fa", CustomerKey.Of(email));

    [Fact]
    public void Of_another_address_is_another() => Assert.NotEqual(CustomerKey.Of("pat@shop.example"), CustomerKey.Of("pat@shop2.example"));
}
