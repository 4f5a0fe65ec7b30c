using System.Text;
using System.Text.RegularExpressions;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>A text with placeholders such as <c>{card}</c>; braces around anything but a name are text. Values are put in once: a value that looks like a placeholder stays as it is.</summary>
internal sealed partial class TextTemplate
{
    private readonly IReadOnlyList<(string Text, string? Name)> _parts;

    public TextTemplate(string text)
    {
        var parts = new List<(string, string?)>();
        var at = 0;
        foreach (Match match in Placeholder().Matches(text))
        {
            parts.Add((text[at..match.Index], match.Groups[1].Value));
            at = match.Index + match.Length;
        }
        parts.Add((text[at..], null));
        _parts = parts;
    }

    /// <summary>The placeholders' names.</summary>
    public IEnumerable<string> Names => _parts.Select(part => part.Name).OfType<string>();

    /// <summary>True when the text can be the name of a placeholder.</summary>
    public static bool IsName(string text) => Placeholder().Match($"{{{text}}}") is { Success: true, Index: 0 } match && match.Length == text.Length + 2;

    /// <summary>The text with the values in their places, each escaped.</summary>
    public string Fill(IReadOnlyDictionary<string, string> values, Func<string, string> escape)
    {
        var filled = new StringBuilder();
        foreach (var (text, name) in _parts)
        {
            filled.Append(text);
            if (name is not null)
                filled.Append(escape(values[name]));
        }
        return filled.ToString();
    }

    [GeneratedRegex(@"\{([A-Za-z][A-Za-z0-9_]*)\}")]
    private static partial Regex Placeholder();
}
