using System.Text.RegularExpressions;

namespace Structure.Tests;

/// <summary>As much of a Bicep file as can be told without its compiler.</summary>
internal sealed partial class BicepFile
{
    private BicepFile(string path)
    {
        (Path, Text) = (path, Repository.Read(path));
        Code = WithoutComments(Text);
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>Without comments.</summary>
    public string Code { get; }

    public static BicepFile Read(string path) => new(path);

    /// <summary>Declared parameters, and whether each has a default.</summary>
    public IReadOnlyDictionary<string, bool> Parameters => Parameter().Matches(Code).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["default"].Success);

    /// <summary>Parameters a file of parameters gives.</summary>
    public IReadOnlyList<string> Given => [.. Assignment().Matches(Code).Select(match => match.Groups[1].Value)];

    public IReadOnlyList<string> Outputs => [.. Output().Matches(Code).Select(match => match.Groups[1].Value)];

    /// <summary>Name, path and parameters of each module that is used.</summary>
    public IReadOnlyList<(string Name, string Path, IReadOnlyList<string> Parameters)> Modules => [.. Module().Matches(Code).Select(match =>
    {
        var body = Balanced(Code, Code.IndexOf('{', match.Index + match.Length));
        var given = Balanced(body, body.IndexOf('{', body.IndexOf("params:", StringComparison.Ordinal)));
        return (match.Groups["name"].Value, match.Groups["path"].Value, TopLevelKeys(given));
    })];

    /// <summary>What is opened and not closed, or closed and not open; null when all is well. Texts in between count as nothing.</summary>
    public string? Unbalanced()
    {
        var open = new Stack<(char Mark, int Line)>();
        var line = 1;
        foreach (var (mark, inText) in Marks(Code))
        {
            if (mark == '\n')
                line++;
            if (mark == '\n' && inText)
                return $"{Path}: a text does not end in line {line - 1}";
            if (inText)
                continue;
            if (mark is '(' or '[' or '{')
                open.Push((mark, line));
            else if (mark is ')' or ']' or '}' && (!open.TryPop(out var last) || (last.Mark, mark) is not (('(', ')') or ('[', ']') or ('{', '}'))))
                return $"{Path}: {mark} in line {line} closes nothing";
        }
        return open.TryPop(out var left) ? $"{Path}: {left.Mark} of line {left.Line} is not closed" : null;
    }

    /// <summary>The part from an opening brace to its end.</summary>
    private static string Balanced(string text, int from)
    {
        var (depth, at) = (0, from);
        foreach (var (mark, inText) in Marks(text[from..]))
        {
            at++;
            depth += inText ? 0 : mark is '{' or '[' or '(' ? 1 : mark is '}' or ']' or ')' ? -1 : 0;
            if (depth == 0)
                break;
        }
        return text[from..at];
    }

    private static List<string> TopLevelKeys(string braces)
    {
        var (depth, start, keys) = (0, true, new List<string>());
        for (var i = 0; i < braces.Length; i++)
        {
            if (depth == 1 && start && Key().Match(braces, i) is { Success: true } key && key.Index == i)
                keys.Add(key.Groups[1].Value);
            start = braces[i] == '\n' || start && braces[i] == ' ';
            depth += braces[i] is '{' or '[' or '(' ? 1 : braces[i] is '}' or ']' or ')' ? -1 : 0;
        }
        return keys;
    }

    // What stands in ${...} within a text is code again.
    private static IEnumerable<(char Mark, bool InText)> Marks(string text)
    {
        var holes = new Stack<int>();
        var (inText, depth) = (false, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var mark = text[i];
            if (inText && mark == '\\')
                i++;
            else if (mark == '\'')
                inText = !inText;
            else if (inText && mark == '$' && i + 1 < text.Length && text[i + 1] == '{')
            {
                holes.Push(depth);
                inText = false;
            }
            else
            {
                if (!inText && mark == '{')
                    depth++;
                yield return (mark, inText);
                if (!inText && mark == '}' && holes.TryPeek(out var hole) && --depth == hole)
                {
                    holes.Pop();
                    inText = true;
                }
                else if (!inText && mark == '}' && holes.Count == 0)
                    depth--;
            }
        }
    }

    private static string WithoutComments(string text) => Comment().Replace(text, "");

    [GeneratedRegex(@"(?m)^param (?<name>\w+) [\w\[\]]+(?<default> =)?")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"(?m)^param (\w+) =")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(?m)^output (\w+) ")]
    private static partial Regex Output();

    [GeneratedRegex(@"(?m)^module (?<name>\w+) '(?<path>[^']+)' = ")]
    private static partial Regex Module();

    [GeneratedRegex(@"\G(\w+):")]
    private static partial Regex Key();

    [GeneratedRegex(@"(?m)(^|(?<=\s))//.*$")]
    private static partial Regex Comment();
}
