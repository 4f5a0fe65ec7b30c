using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>
/// Where a text is in a JSON document: a <see cref="JsonPath"/>; or several with a blank between them, whose texts are joined by a blank
/// (<c>$.firstName $.lastName</c>); or alternatives (<c>$.email | $.contact.email</c>), of which the first that holds a text counts.
/// </summary>
internal sealed class TextPath
{
    private readonly IReadOnlyList<IReadOnlyList<JsonPath>> _alternatives;

    private TextPath(IReadOnlyList<IReadOnlyList<JsonPath>> alternatives) => _alternatives = alternatives;

    /// <summary>False when the text describes no place.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TextPath? path)
    {
        path = null;
        var alternatives = new List<IReadOnlyList<JsonPath>>();
        foreach (var alternative in (text ?? "").Split(" | "))
        {
            var joined = new List<JsonPath>();
            // A member's name may hold blanks, so that only a blank before a root separates.
            foreach (var part in alternative.Trim().Split(" $").Select((part, index) => index == 0 ? part : $"${part}"))
            {
                if (!JsonPath.TryParse(part.TrimEnd(), out var one))
                    return false;
                joined.Add(one);
            }
            alternatives.Add(joined);
        }
        path = new(alternatives);
        return true;
    }

    /// <summary>For texts that have been checked; nothing gives nothing.</summary>
    public static TextPath? ParseOptional(string? text) => string.IsNullOrWhiteSpace(text) ? null : Parse(text);

    /// <summary>For texts that have been checked.</summary>
    public static TextPath Parse(string text) => TryParse(text, out var path) ? path : throw new FormatException("no place in a JSON document");

    /// <summary>The text; null when no alternative has one.</summary>
    public string? ReadText(JsonElement document)
    {
        foreach (var joined in _alternatives)
        {
            var texts = joined.Select(path => path.ReadText(document)).OfType<string>().ToList();
            if (texts.Count > 0)
                return string.Join(' ', texts);
        }
        return null;
    }

    /// <summary>The text, or each text of a list, of every alternative.</summary>
    public IEnumerable<string> ReadTexts(JsonElement document) => _alternatives.SelectMany(joined => joined).SelectMany(path => path.ReadTexts(document));

    /// <summary>True when no alternative leads to anything but null, an empty text, an empty list or an empty object.</summary>
    public bool IsMissing(JsonElement document) => _alternatives.SelectMany(joined => joined).All(path => !path.TryRead(document, out var value) || value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => path.ReadText(document) is null,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    });
}
