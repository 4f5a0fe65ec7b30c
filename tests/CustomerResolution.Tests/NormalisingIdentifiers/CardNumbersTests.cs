using CustomerResolution.NormalisingIdentifiers;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;

namespace CustomerResolution.Tests.NormalisingIdentifiers;

public sealed class CardNumbersTests
{
    private static readonly CardNumbers Usual = By(new());

    // sha256sum of "card:2900000000017".
    private const string KeyBySha256Sum = "65c0f2465d8ac5906310bfa3ff776cd1a9e830ed2adf859a1ad780f0bacb195c";

    // Numbers as they come: digits, letters, blanks, hyphens and what else is on a keyboard.
    private static readonly Arbitrary<string> Scanned =
        Gen.Elements('0', '0', '1', '2', '9', 'A', ' ', '\t', '-', '\u2010', '\u00a0', '.', '/').ArrayOf().Select(characters => new string(characters)).ToArbitrary();

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
    [InlineData("12\u000034", null)]
    public void Normalise_gives_the_number_as_it_is_asked_for(string? card, string? expected) => Assert.Equal(expected, Usual.Normalise(card));

    [Theory]
    [InlineData("12-34 5", "12-345")]
    [InlineData("12\u20113\u00ad4", "12-34")]
    public void Normalise_keeps_hyphens_where_they_count(string card, string expected) => Assert.Equal(expected, By(new() { Hyphens = HyphenRule.Keep }).Normalise(card));

    [Theory]
    [InlineData("0017", "17")]
    [InlineData("A0017", "A0017")]
    [InlineData("00A17", "00A17")]
    [InlineData("1700", "1700")]
    [InlineData("000", null)]
    public void Normalise_removes_leading_zeros_of_digits(string card, string? expected) =>
        Assert.Equal(expected, By(new() { LeadingZeros = LeadingZeroRule.Remove }).Normalise(card));

    [Theory]
    [InlineData("17", "00000017")]
    [InlineData("0000000017", "0000000017")]
    [InlineData("A7", "A7")]
    public void Normalise_fills_up_what_a_spreadsheet_took_away(string card, string expected) => Assert.Equal(expected, By(new() { PadTo = 8 }).Normalise(card));

    [Theory]
    [InlineData("LC-2900-17", "290017")]
    [InlineData("290017", "290017")]
    [InlineData("LC", "LC")]
    [InlineData("LC0", "0")]
    [InlineData("lc290017", "lc290017")]
    public void Normalise_cuts_the_prefix_that_some_tills_send(string card, string expected) => Assert.Equal(expected, By(new() { Prefix = "LC" }).Normalise(card));

    [Theory]
    [InlineData("Luhn", "4539 1488 0343 6467", true)]
    [InlineData("Luhn", "4539 1488 0343 6468", false)]
    [InlineData("Luhn", "4539 1488 0346 3467", false)]
    [InlineData("Ean", "4006381333931", true)]
    [InlineData("Ean", "4006381333932", false)]
    [InlineData("Ean", "96385074", true)]
    [InlineData("Ean", "036000291452", true)]
    [InlineData("Ean", "A006381333931", false)]
    [InlineData("Ean", "0", false)]
    public void Normalise_takes_no_number_whose_check_digit_is_wrong(string rule, string card, bool isCard) =>
        Assert.Equal(isCard, By(new() { CheckDigit = Enum.Parse<CheckDigitRule>(rule) }).Normalise(card) is not null);

    [Fact]
    public void Normalise_checks_the_number_as_it_was_scanned_and_cuts_it_afterwards() =>
        Assert.Equal("6381333931", By(new() { CheckDigit = CheckDigitRule.Ean, Prefix = "4", LeadingZeros = LeadingZeroRule.Remove }).Normalise("4006381333931"));

    [Theory]
    [InlineData("Luhn")]
    [InlineData("Ean")]
    public void Fit_notices_every_single_wrong_digit(string rule) => Prop.ForAll(
        Gen.Choose(0, 9).ArrayOf(12).ToArbitrary(), Gen.Choose(0, 12).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (digits, place, by) =>
        {
            var check = Enum.Parse<CheckDigitRule>(rule);
            var number = Enumerable.Range(0, 10).Select(last => string.Concat(digits) + last).Single(candidate => CheckDigits.Fit(check, candidate)).ToCharArray();
            number[place] = (char)('0' + ((number[place] - '0' + by) % 10));
            return !CheckDigits.Fit(check, number);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Normalise_takes_no_text_for_a_card_that_is_too_long() =>
        Assert.Equal((128, (string?)null), (Usual.Normalise(new string('1', 128))!.Length, Usual.Normalise(new string('1', 129))));

    [Theory]
    [InlineData("Keep", "Keep", 0)]
    [InlineData("Remove", "Remove", 8)]
    [InlineData("Remove", "Keep", 8)]
    public void Normalise_twice_is_normalise_once(string hyphens, string zeros, int padTo)
    {
        var cards = By(new() { Hyphens = Enum.Parse<HyphenRule>(hyphens), LeadingZeros = Enum.Parse<LeadingZeroRule>(zeros), PadTo = padTo });

        Prop.ForAll(Scanned, card => cards.Normalise(cards.Normalise(card)) == cards.Normalise(card)).QuickCheckThrowOnFailure();
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), card => cards.Normalise(cards.Normalise(card)) == cards.Normalise(card)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Normalise_leaves_neither_blanks_nor_hyphens() => Prop.ForAll(
        Scanned, card => Usual.Normalise(card) is not { } normal || (normal.Length > 0 && !normal.Any(c => char.IsWhiteSpace(c) || c is '-' or '\u2010')))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void KeyOf_is_the_same_for_the_same_card_and_holds_nothing_of_it()
    {
        var key = CardNumbers.KeyOf(Usual.Normalise("2900-0000-0001-7")!);

        Assert.Equal(CardNumbers.KeyOf("2900000000017"), key);
        Assert.Matches("^[0-9a-f]{64}$", key);
        // Keys are stored by others, who count on them.
        Assert.Equal(KeyBySha256Sum, key);
    }

    private static CardNumbers By(CardNumberOptions options) => new(Options.Create(options));
}
