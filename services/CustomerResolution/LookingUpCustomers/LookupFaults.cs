using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>What is wrong with the steps of look-ups as a whole: who may use which placeholder, and whether somebody is found in the end.</summary>
internal static partial class LookupFaults
{
    /// <summary>Every fault, with its key below section <c>Loyalty</c>.</summary>
    public static IEnumerable<ValidationResult> Of(LoyaltyOptions loyalty)
    {
        var steps = loyalty.Steps.Select((step, index) => (Step: step, Key: $"{nameof(loyalty.Lookups)}:{index}")).ToList();
        return Shared(loyalty).Concat(steps.SelectMany(step => StepFaults.Of(step.Step, step.Key)))
            .Concat(steps.Where(step => Enum.IsDefined(step.Step.By)).GroupBy(step => step.Step.By).SelectMany(sequence => OfSequence(loyalty, sequence.Key, [.. sequence])));
    }

    /// <summary>Whether a value that templates may name is there.</summary>
    public static bool IsSet(IReadOnlyDictionary<string, string>? values, string name) =>
        values?.Any(value => string.Equals(value.Key, name, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(value.Value)) == true;

    /// <summary>Whether the text can be the name of a header.</summary>
    public static bool IsHeader(string text) => Token().IsMatch(text);

    /// <summary>What is wrong with headers, by their names; <paramref name="key"/> is their place below the section.</summary>
    public static IEnumerable<ValidationResult> OfHeaders(IReadOnlyDictionary<string, string>? headers, string key)
    {
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            if (!IsHeader(name))
                yield return new("is not the name of a header", [$"{key}:{name}"]);
            else if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || name.ToUpperInvariant() is "HOST" or "CONNECTION" or "TRANSFER-ENCODING")
                yield return new("belongs to the transport or the body and cannot be set here", [$"{key}:{name}"]);
            else if ((value ?? "").Any(c => char.IsControl(c) || c > '\u007e'))
                yield return new("holds a character that a header cannot carry", [$"{key}:{name}"]);
        }
    }

    private static IEnumerable<ValidationResult> Shared(LoyaltyOptions loyalty)
    {
        foreach (var name in (loyalty.Values?.Keys ?? []).Where(name => !TextTemplate.IsName(name)))
            yield return new("is not a name: a letter, then letters, digits and underscores", [$"{nameof(loyalty.Values)}:{name}"]);
        foreach (var name in (loyalty.Values?.Keys ?? []).Where(IsIdentifier))
            yield return new("is the name of an identifier", [$"{nameof(loyalty.Values)}:{name}"]);
        foreach (var fault in OfHeaders(loyalty.Headers, nameof(loyalty.Headers)))
            yield return fault;
    }

    private static IEnumerable<ValidationResult> OfSequence(LoyaltyOptions loyalty, IdentifierKind by, IReadOnlyList<(LookupOptions Step, string Key)> steps)
    {
        var own = LookupSequence.PlaceholderOf(by);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (step, key) in steps)
        {
            var names = StepFaults.Templates(step, key).Concat((loyalty.Headers ?? new Dictionary<string, string>()).Select(header => ($"{nameof(loyalty.Headers)}:{header.Key}", header.Value)))
                .SelectMany(template => new TextTemplate(template.Item2).Names.Select(name => (Key: template.Item1, Name: name))).ToList();
            foreach (var (place, name) in names.Where(used => !Is(used.Name, own) && !taken.Contains(used.Name) && !IsSet(loyalty.Values, used.Name)))
                yield return new(Unknown(loyalty, by, name, steps), [place]);
            if (!names.Any(used => Is(used.Name, own) || taken.Contains(used.Name)))
                yield return new($"must hold {{{own}}}{(taken.Count > 0 ? " or a value an earlier step took" : "")}, or else {nameof(step.Body)} or {nameof(step.Headers)} must", [$"{key}:{nameof(step.Path)}"]);
            foreach (var name in step.Take?.Keys ?? [])
            {
                if (IsIdentifier(name) || IsSet(loyalty.Values, name))
                    yield return new($"stands for something else already", [$"{key}:{nameof(step.Take)}:{name}"]);
                taken.Add(name);
            }
        }
        if (steps.All(step => string.IsNullOrWhiteSpace(step.Step.EmailPath)))
            yield return new("is missing: a look-up ends with an e-mail address", [$"{steps[^1].Key}:{nameof(LookupOptions.EmailPath)}"]);
    }

    private static string Unknown(LoyaltyOptions loyalty, IdentifierKind by, string name, IEnumerable<(LookupOptions Step, string Key)> steps) =>
        steps.Any(step => step.Step.Take?.Keys.Contains(name, StringComparer.OrdinalIgnoreCase) == true) ? $"uses {{{name}}}, which is taken only later"
        : IsIdentifier(name) ? $"uses {{{name}}}, but this is a look-up by {by}"
        : $"uses {{{name}}}, which no earlier step takes and which is not set as {LoyaltyOptions.Section}:{nameof(loyalty.Values)}:{name}";

    private static bool IsIdentifier(string name) => Enum.GetValues<IdentifierKind>().Any(kind => Is(LookupSequence.PlaceholderOf(kind), name));

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")]
    private static partial Regex Token();
}
