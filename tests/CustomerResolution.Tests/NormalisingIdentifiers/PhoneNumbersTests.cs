using CustomerResolution.NormalisingIdentifiers;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;

namespace CustomerResolution.Tests.NormalisingIdentifiers;

public sealed class PhoneNumbersTests
{
    private static readonly PhoneNumbers Britain = By(new() { DefaultCountryCode = "44" });

    [Theory]
    [InlineData("+442079460018", "+442079460018")]
    [InlineData("+44 (0)20 7946-0018", "+442079460018")]
    [InlineData("(+44) (0)20 7946 0018", "+442079460018")]
    [InlineData("( +44 ) ( 0 ) 20 7946 0018", "+442079460018")]
    [InlineData("0044 20 7946 0018", "+442079460018")]
    [InlineData("0044 (0)20 7946 0018", "+442079460018")]
    [InlineData("020 7946 0018", "+442079460018")]
    [InlineData("(020) 7946.0018", "+442079460018")]
    [InlineData("(0)20/7946 0018", "+442079460018")]
    [InlineData("20\u00a07946\u20110018", "+442079460018")]
    [InlineData("+1 206 555 0100", "+12065550100")]
    [InlineData("+49 30 12345 0", "+4930123450")]
    public void Normalise_gives_the_E164_form(string text, string expected) => Assert.Equal(expected, Britain.Normalise(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("none")]
    [InlineData("020 7946 0018 ext. 12")]
    [InlineData("020 7946 0018 x12")]
    [InlineData("+442079460018;ext=12")]
    [InlineData("020 7946 0018 #12")]
    [InlineData("020 7946 0018, 020 7946 0019")]
    [InlineData("44+2079460018")]
    [InlineData("++442079460018")]
    [InlineData("+0442079460018")]
    [InlineData("+4412345")]
    [InlineData("+4412345678901234")]
    [InlineData("01234")]
    [InlineData("00")]
    [InlineData("٠٢٠٧٩٤٦٠٠١٨")]
    public void Normalise_refuses_what_is_no_number_of_a_customer(string? text) => Assert.Null(Britain.Normalise(text));

    [Fact]
    public void Normalise_guesses_no_country()
    {
        var nowhere = By(new());

        Assert.Null(nowhere.Normalise("020 7946 0018"));
        Assert.Equal("+442079460018", nowhere.Normalise("+44 20 7946 0018"));
    }

    [Theory]
    [InlineData("39", "", "00", "06 1234 5678", "+390612345678")]
    [InlineData("7", "8", "00", "8 (495) 123-45-67", "+74951234567")]
    [InlineData("1", "1", "011", "1-206-555-0100", "+12065550100")]
    [InlineData("1", "1", "011", "011 44 20 7946 0018", "+442079460018")]
    [InlineData("36", "06", "00", "06 1 234 5678", "+3612345678")]
    public void Normalise_dials_as_the_country_does(string country, string trunk, string international, string text, string expected) =>
        Assert.Equal(expected, By(new() { DefaultCountryCode = country, TrunkPrefix = trunk, InternationalPrefix = international }).Normalise(text));

    [Fact]
    public void Normalise_twice_is_normalise_once_and_always_E164() => Prop.ForAll(
        Gen.Elements('+', '0', '0', '4', '7', '9', ' ', '(', ')', '-', '.', 'x').ArrayOf(16).Select(characters => new string(characters)).ToArbitrary(), text =>
        {
            var once = Britain.Normalise(text);
            return once is null || (once == Britain.Normalise(once) && once.Length is >= 9 and <= 16 && once[0] == '+' && once[1..].All(char.IsAsciiDigit));
        }).QuickCheckThrowOnFailure();

    private static PhoneNumbers By(PhoneNumberOptions options) => new(Options.Create(options));
}
