using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>The path to one value in a JSON document: <c>$.a.b[0].c</c>. Members and indices only; no wildcards, filters or quoting.</summary>
internal sealed class JsonPath
{
    private readonly IReadOnlyList<Step> _steps;
    private readonly string _text;

    private JsonPath(string text, IReadOnlyList<Step> steps) => (_text, _steps) = (text, steps);

    /// <summary>False when the text is not such a path.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out JsonPath? path)
    {
        path = null;
        if (text is null || !text.StartsWith('$'))
            return false;
        var steps = new List<Step>();
        for (var at = 1; at < text.Length;)
        {
            // A part reaches up to the next "." or "[".
            var end = text.IndexOfAny(['.', '['], at + 1);
            var part = text[at..(end < 0 ? text.Length : end)];
            if (ReadStep(part) is not { } step)
                return false;
            steps.Add(step);
            at += part.Length;
        }
        path = new(text, steps);
        return true;
    }

    /// <summary>Follows the path; false where the document has no such value.</summary>
    public bool TryRead(JsonElement document, out JsonElement value)
    {
        value = document;
        foreach (var step in _steps)
        {
            if (!step.TryFollow(value, out value))
                return false;
        }
        return true;
    }

    /// <summary>The text, number or truth value at the path, trimmed; null when it is absent, empty, or something else.</summary>
    public string? ReadText(JsonElement document) => TryRead(document, out var value) ? TextOf(value) : null;

    /// <summary>The text at the path, or each text of a list there.</summary>
    public IEnumerable<string> ReadTexts(JsonElement document) => !TryRead(document, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(TextOf).OfType<string>()
        : TextOf(value) is { } text ? [text]
        : [];

    /// <inheritdoc />
    public override string ToString() => _text;

    private static Step? ReadStep(string part)
    {
        if (part[0] == '[')
        {
            return part[^1] == ']' && int.TryParse(part.AsSpan(1, part.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? new Step(null, index)
                : null;
        }
        return part[0] == '.' && part.Length > 1 && !part.Contains(']') && IsText(part) ? new Step(part[1..], 0) : null;
    }

    // Half a surrogate pair is no text in UTF-8, the form documents are searched in.
    private static bool IsText(string part)
    {
        for (var i = 0; i < part.Length; i++)
        {
            if (char.IsSurrogate(part[i]) && !(char.IsHighSurrogate(part[i]) && ++i < part.Length && char.IsLowSurrogate(part[i])))
                return false;
        }
        return true;
    }

    private static string? TextOf(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => ReadString(value),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    private static string? ReadString(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 without its other half is valid JSON and no text.
            return null;
        }
    }

    private sealed record Step(string? Member, int Index)
    {
        public bool TryFollow(JsonElement from, out JsonElement to)
        {
            to = default;
            if (Member is { } member)
                return from.ValueKind == JsonValueKind.Object && TryMember(from, member, out to);
            if (from.ValueKind != JsonValueKind.Array || Index >= from.GetArrayLength())
                return false;
            to = from[Index];
            return true;
        }

        private static bool TryMember(JsonElement from, string member, out JsonElement to)
        {
            try
            {
                return from.TryGetProperty(member, out to);
            }
            catch (InvalidOperationException)
            {
                // As in ReadString, but in the name of a member.
                to = default;
                return false;
            }
        }
    }
}
