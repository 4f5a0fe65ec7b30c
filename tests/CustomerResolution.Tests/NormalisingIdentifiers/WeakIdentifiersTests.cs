using Contracts.OrderIngest;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.NormalisingIdentifiers;
using Microsoft.Extensions.Options;

namespace CustomerResolution.Tests.NormalisingIdentifiers;

public sealed class WeakIdentifiersTests
{
    private static readonly CardNumbers Cards = new(Options.Create(new CardNumberOptions()));
    private static readonly PhoneNumbers Phones = new(Options.Create(new PhoneNumberOptions { DefaultCountryCode = "44" }));

    [Theory]
    [InlineData("9999-0000", "9999 0000", true)]
    [InlineData("9999-0000", "99990001", false)]
    [InlineData("9999-*", "9999 1234", true)]
    [InlineData("9999-*", "19999", false)]
    [InlineData("*-0000", "12340000", true)]
    [InlineData("*777*", "1 7 7 7 1", true)]
    [InlineData("*777*", "1771", false)]
    public void A_card_is_weak_however_it_is_written(string entry, string card, bool weak) =>
        Assert.Equal(weak, Reader(new() { Cards = [entry] }).Read(new() { LoyaltyCard = card }).Card is null);

    [Theory]
    [InlineData("0000*", "0000123", true)]
    [InlineData("0000*", "290000123", true)]
    [InlineData("290000*", "0000123", true)]
    [InlineData("00000123*", "123", true)]
    [InlineData("123*", "29-00123", true)]
    [InlineData("0000*", "0001234567", false)]
    [InlineData("*299*", "00000123", false)]
    public void A_card_is_weak_by_what_was_scanned_and_by_what_the_rules_make_of_it(string entry, string card, bool weak)
    {
        var cards = new CardNumbers(Options.Create(new CardNumberOptions { LeadingZeros = LeadingZeroRule.Remove, Prefix = "29", PadTo = 8 }));

        Assert.Equal(weak, new IdentifierReader(cards, Phones, new(new() { Cards = [entry] }, cards, Phones)).Read(new() { LoyaltyCard = card }).Card is null);
    }

    [Theory]
    [InlineData("till@store.example", " Till@Store.example", true)]
    [InlineData("*@Store.example", "S012@store.example", true)]
    [InlineData("*@store.example", "pat@bookstore.example", false)]
    [InlineData("*@müller.example", "pat@MÜLLER.example", true)]
    [InlineData("* @store.example", "s012@store.example", true)]
    [InlineData("*.müller.example", "pat@till.MÜLLER.example", true)]
    [InlineData("*.müller.example", "pat@till.xn--mller-kva.example", true)]
    [InlineData("*.store.example", "pat@s012.store.example", true)]
    [InlineData("noreply*", "NoReply+7@shop.example", true)]
    [InlineData("*@store.example", "pat@shop.example", false)]
    public void An_address_is_weak_however_it_is_written(string entry, string email, bool weak) =>
        Assert.Equal(weak, Reader(new() { Emails = [entry] }).Read(new() { Email = email }).Email is null);

    [Theory]
    [InlineData("020 7946 0018", "+44 20 7946 0018", true)]
    [InlineData("+44 20*", "020 7946 0018", true)]
    [InlineData("+44 (0)20*", "020 7946 0018", true)]
    [InlineData("*46 0018", "020 7946 0018", true)]
    [InlineData("020 7946 0018", "020 7946 0019", false)]
    public void A_telephone_number_is_weak_however_it_is_written(string entry, string phone, bool weak) =>
        Assert.Equal(weak, Reader(new() { Phones = [entry] }).Read(new() { Phone = phone }).Phone is null);

    [Fact]
    public void A_list_is_for_its_own_kind_only()
    {
        var said = Reader(new() { Cards = ["1"], CustomerNumbers = ["2"] }).Read(new() { LoyaltyCard = "2", CustomerNumber = "1" });

        Assert.Equal(("2", "1"), (said.Card, said.CustomerNumber));
        Assert.Null(Reader(new() { CustomerNumbers = ["2"] }).Read(new() { CustomerNumber = " 2 " }).CustomerNumber);
    }

    [Fact]
    public void A_weak_card_has_no_key()
    {
        Assert.Null(Reader(new() { Cards = ["1"] }).Read(new() { LoyaltyCard = "1" }).CardKey);
        Assert.NotNull(Reader(new() { Cards = ["1"] }).Read(new() { LoyaltyCard = "2" }).CardKey);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("**")]
    [InlineData("1*2")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData(null)]
    public void Faults_name_the_place_of_an_entry_that_says_nothing(string? entry)
    {
        var fault = Assert.Single(new WeakIdentifiers(new() { Cards = ["1", entry!] }, Cards, Phones).Faults);

        Assert.StartsWith("Cards:1: ", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("020*")]
    [InlineData("0044 20*")]
    [InlineData("(+44)*")]
    public void A_pattern_of_telephone_numbers_that_fits_none_is_a_fault(string entry) =>
        Assert.StartsWith("Phones:0: begins neither", Assert.Single(new WeakIdentifiers(new() { Phones = [entry] }, Cards, Phones).Faults), StringComparison.Ordinal);

    [Fact]
    public void What_is_read_of_a_hint_shows_nothing_of_it()
    {
        var said = Reader(new()).Read(new CustomerHint { LoyaltyCard = "2900000000017", Email = "pat@shop.example", CustomerNumber = "C-1", Phone = "020 7946 0018" });

        Assert.Equal("Identifiers { card: True, number: True, email: True, phone: True }", said.ToString());
        Assert.Equal("Identifier { Phone }", said.Of(IdentifierKind.Phone).ToString());
        Assert.Equal("+442079460018", said.Of(IdentifierKind.Phone)?.Value);
    }

    private static IdentifierReader Reader(WeakIdentifierOptions lists) => new(Cards, Phones, new(lists, Cards, Phones));
}
