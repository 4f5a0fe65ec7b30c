using CustomerResolution.ResolvingCustomers;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerResolution.Tests.ResolvingCustomers;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("pat@shop.example", "pat@shop.example")]
    [InlineData("  Pat.O'Neil+till@shop.co.example\n", "Pat.O'Neil+till@shop.co.example")]
    [InlineData("jürgen@müller.example", "jürgen@müller.example")]
    public void TryRead_gives_the_trimmed_address(string text, string expected)
    {
        Assert.True(EmailAddress.TryRead(text, out var email));
        Assert.Equal(expected, email);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("@shop.example")]
    [InlineData("pat@")]
    [InlineData("pat@shop")]
    [InlineData("pat@shop.")]
    [InlineData("pat@.example")]
    [InlineData("pat@-shop.example")]
    [InlineData(".pat@shop.example")]
    [InlineData("pat.@shop.example")]
    [InlineData("pat@@shop.example")]
    [InlineData("pat@shop.example, sam@shop.example")]
    [InlineData("Pat <pat@shop.example>")]
    [InlineData("pat smith@shop.example")]
    public void TryRead_refuses_what_is_no_address(string? text)
    {
        Assert.False(EmailAddress.TryRead(text, out var email));
        Assert.Null(email);
    }

    [Fact]
    public void TryRead_refuses_more_than_254_characters()
    {
        Assert.True(EmailAddress.TryRead($"p@{new string('s', 244)}.example", out _));
        Assert.False(EmailAddress.TryRead($"p@{new string('s', 245)}.example", out _));
    }

    [Fact]
    public void TryRead_of_what_it_gave_gives_the_same() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(), Gen.Elements("", "pat@shop.example", "@", "@a.b").ToArbitrary(),
        (text, address) => !EmailAddress.TryRead(text + address, out var once) || (EmailAddress.TryRead(once, out var twice) && twice == once))
        .QuickCheckThrowOnFailure();
}
