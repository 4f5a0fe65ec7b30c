using CustomerResolution.ResolvingCustomers;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerResolution.Tests.ResolvingCustomers;

public sealed class CardNumberTests
{
    [Theory]
    [InlineData("2900 0000 0001 7", "2900000000017")]
    [InlineData(" 2900-0000-0001-7\t", "2900000000017")]
    [InlineData("2900\u00a00000\u20110001", "290000000001")]
    [InlineData("aB-00", "aB00")]
    [InlineData("007", "007")]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData(" - ", null)]
    [InlineData(".", null)]
    [InlineData("..", null)]
    public void Normalise_gives_the_number_as_it_is_asked_for(string? card, string? expected) => Assert.Equal(expected, CardNumber.Normalise(card));

    [Fact]
    public void Normalise_takes_no_text_for_a_card_that_is_too_long() =>
        Assert.Equal((128, (string?)null), (CardNumber.Normalise(new string('1', 128))!.Length, CardNumber.Normalise(new string('1', 129))));

    [Fact]
    public void Normalise_twice_is_normalise_once() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(), card => CardNumber.Normalise(CardNumber.Normalise(card)) == CardNumber.Normalise(card)).QuickCheckThrowOnFailure();

    [Fact]
    public void Normalise_leaves_neither_blanks_nor_hyphens() => Prop.ForAll(
        Gen.Elements('1', '2', 'A', ' ', '\t', '-', '\u2010', '\u00a0', '.', '/').ArrayOf().Select(characters => new string(characters)).ToArbitrary(),
        card => CardNumber.Normalise(card) is not { } normal || (normal.Length > 0 && !normal.Any(c => char.IsWhiteSpace(c) || c is '-' or '\u2010')))
        .QuickCheckThrowOnFailure();
}
