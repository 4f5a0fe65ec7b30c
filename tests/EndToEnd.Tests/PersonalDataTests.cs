using System.Net;
using System.Text.Json;

namespace EndToEnd.Tests;

/// <summary>A search that finds nothing proves nothing until it has found something.</summary>
public sealed class PersonalDataTests
{
    private static readonly Person Somebody = new(7);

    public static TheoryData<string> Texts =>
    [
        $"Mail to {Somebody.Email} failed", $"MAIL TO {Somebody.Email.ToUpperInvariant()}", $"GET /contacts/{Uri.EscapeDataString(Somebody.Email)}",
        JsonSerializer.Serialize(new { email = Somebody.Email }), $"form: q={WebUtility.UrlEncode(Somebody.Name)}", $"GET /customers/{Somebody.Card}?x=1",
        $"call {Somebody.Phone}", $"call {Somebody.Phone[1..]}", $"GET /customers/{Somebody.CustomerNumber}", $"key {Person.CardKeyOf(Somebody.Card)}",
    ];

    [Theory, MemberData(nameof(Texts))]
    public void In_finds_a_person_however_written(string text) => Assert.EndsWith(" of 7", new PersonalData([Somebody]).In(text)?.What, StringComparison.Ordinal);

    [Fact]
    public void In_finds_nobody_where_nobody_is() =>
        Assert.Null(new PersonalData([Somebody]).In($"Order {Guid.NewGuid()} was refused with 400; card 29{Somebody.Card[2..]}, {new Person(8).Email}"));
}
