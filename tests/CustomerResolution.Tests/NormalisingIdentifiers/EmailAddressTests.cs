using CustomerResolution.NormalisingIdentifiers;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerResolution.Tests.NormalisingIdentifiers;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("pat@shop.example", "pat@shop.example")]
    [InlineData("  Pat.O'Neil+Till@Shop.co.Example\n", "pat.o'neil+till@shop.co.example")]
    [InlineData("jürgen@müller.example", "jürgen@xn--mller-kva.example")]
    [InlineData("JÜRGEN@MÜLLER.EXAMPLE", "jürgen@xn--mller-kva.example")]
    [InlineData("pat@xn--mller-kva.example", "pat@xn--mller-kva.example")]
    [InlineData("pat@例え。example", "pat@xn--r8jz45g.example")]
    public void TryRead_gives_the_address_in_its_one_form(string text, string expected)
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
    [InlineData("pat@sh_op.example")]
    [InlineData("pat@shop!.example")]
    [InlineData("pat@mü ller.example")]
    [InlineData("pat@[127.0.0.1]")]
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
    public void TryRead_refuses_more_than_254_characters_and_labels_of_more_than_63()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('s', 60), 4));
        Assert.True(EmailAddress.TryRead($"pat.smith0@{domain}", out var longest));
        Assert.Equal(254, longest.Length);
        Assert.False(EmailAddress.TryRead($"pat.smith01@{domain}", out _));
        Assert.True(EmailAddress.TryRead($"p@{new string('s', 63)}.example", out _));
        Assert.False(EmailAddress.TryRead($"p@{new string('s', 64)}.example", out _));
        // Short enough as it is written, too long as it is sent.
        Assert.False(EmailAddress.TryRead($"p@{new string('ü', 60)}.example", out _));
    }

    [Fact]
    public void TryRead_of_what_it_gave_gives_the_same() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(), Gen.Elements("", "pat@shop.example", "@", "@a.b", "Ü@Ü.example", "ß@ß.example").ToArbitrary(),
        (text, address) => !EmailAddress.TryRead(text + address, out var once) || (EmailAddress.TryRead(once, out var twice) && twice == once))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void TryRead_makes_one_of_addresses_that_differ_in_case_and_blanks() => Prop.ForAll(
        Gen.Elements("pat", "pat.smith", "jürgen", "o'neil+till").ToArbitrary(), Gen.Elements("shop.example", "müller.example", "a-b.co.example").ToArbitrary(), ArbMap.Default.ArbFor<bool[]>(),
        (mailbox, domain, upper) =>
        {
            var address = $"{mailbox}@{domain}";
            var mixed = string.Concat(address.Select((c, i) => i < upper.Length && upper[i] ? char.ToUpperInvariant(c) : c));
            return EmailAddress.TryRead(address, out var one) && EmailAddress.TryRead($" {mixed}\t", out var other) && one == other;
        }).QuickCheckThrowOnFailure();
}
