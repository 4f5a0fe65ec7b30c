using System.Buffers;
using System.Text.Json;

namespace EndToEnd.Tests;

/// <summary>Finds people in text, however a log, an address or a span may have written them.</summary>
internal sealed class PersonalData
{
    private readonly SearchValues<string> _anything;
    private readonly IReadOnlyList<(string Written, string What)> _ways;

    public PersonalData(IEnumerable<Person> people)
    {
        _ways = [.. people.SelectMany(Of).DistinctBy(way => way.Written)];
        _anything = SearchValues.Create([.. _ways.Select(way => way.Written)], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What of a person stands in the text, or null: "the e-mail of 3".</summary>
    public string? In(string text) => text.AsSpan().IndexOfAny(_anything) is var at and >= 0
        ? _ways.First(way => text.AsSpan(at).StartsWith(way.Written, StringComparison.OrdinalIgnoreCase)).What
        : null;

    private static IEnumerable<(string Written, string What)> Of(Person person)
    {
        (string Value, string What)[] parts =
        [
            (person.Name, "name"), (person.Email, "e-mail"), (person.Email[..person.Email.IndexOf('@', StringComparison.Ordinal)], "mailbox"), (person.Card, "card"),
            (person.Phone, "phone"), (person.Phone.TrimStart('+'), "phone"), (person.CustomerNumber, "customer number"),
            (Person.CardKeyOf(person.Card), "card key"), (Person.HashOf(person.Email), "hashed e-mail"),
        ];
        return parts.SelectMany(part => Ways(part.Value).Select(written => (written, $"the {part.What} of {person.Number}")));
    }

    private static IEnumerable<string> Ways(string value) =>
    [
        value, Uri.EscapeDataString(value), Uri.EscapeDataString(Uri.EscapeDataString(value)), value.Replace(' ', '+'), JsonSerializer.Serialize(value).Trim('"'),
        // A database's array literal, or a shell, would escape neither letters nor digits; Base64 is how a header may carry it.
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value)).TrimEnd('='),
    ];
}
