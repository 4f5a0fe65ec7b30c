using System.Buffers;
using System.Text;
using System.Text.Json;

namespace EndToEnd.Tests;

/// <summary>Finds people in text, however a log, an address or a span may have written them.</summary>
internal sealed class PersonalData
{
    private const int Shown = 120;

    private readonly SearchValues<string> _anything;
    private readonly IReadOnlyList<(string Written, string What)> _ways;

    public PersonalData(IEnumerable<Person> people)
    {
        _ways = [.. people.SelectMany(Of).DistinctBy(way => way.Written)];
        _anything = SearchValues.Create([.. _ways.Select(way => way.Written)], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What of a person stands in the text ("the e-mail of 3") and around it, or null.</summary>
    public (string What, string Around)? In(string text) => text.AsSpan().IndexOfAny(_anything) is var at and >= 0
        ? (_ways.First(way => text.AsSpan(at).StartsWith(way.Written, StringComparison.OrdinalIgnoreCase)).What, Readable(text[Math.Max(0, at - Shown)..Math.Min(text.Length, at + Shown)]))
        : null;

    private static string Readable(string text) => string.Concat(text.Select(c => char.IsControl(c) || c == '\uFFFD' ? ' ' : c));

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
        Convert.ToBase64String(Encoding.UTF8.GetBytes(value)).TrimEnd('='),
    ];
}
