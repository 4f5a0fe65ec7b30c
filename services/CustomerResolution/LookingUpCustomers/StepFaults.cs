using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>What is wrong with one step of a look-up, taken by itself.</summary>
internal static class StepFaults
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH"];
    private static readonly Uri SomeBase = new("http://provider.example/base/");

    /// <summary>Every fault; <paramref name="key"/> is the step's place below the section.</summary>
    public static IEnumerable<ValidationResult> Of(LookupOptions step, string key) =>
        OfRequest(step, key).Concat(LookupFaults.OfHeaders(step.Headers, $"{key}:{nameof(step.Headers)}")).Concat(OfPaths(step, key))
            .Concat(OfValues(key, nameof(step.StatusPath), step.StatusPath, nameof(step.BlockedStatuses), step.BlockedStatuses, nameof(step.AllowedStatuses), step.AllowedStatuses))
            .Concat(OfValues(key, nameof(step.ConsentPath), step.ConsentPath, nameof(step.WithdrawnConsents), step.WithdrawnConsents, nameof(step.GivenConsents), step.GivenConsents))
            .Concat(OfRules(step, key)).Concat(OfCard(step, key));

    /// <summary>The step's texts with placeholders, by their keys.</summary>
    public static IEnumerable<(string Key, string Text)> Templates(LookupOptions step, string key) =>
    [
        ($"{key}:{nameof(step.Path)}", step.Path ?? ""), ($"{key}:{nameof(step.Body)}", step.Body ?? ""),
        .. (step.Headers ?? new Dictionary<string, string>()).Select(header => ($"{key}:{nameof(step.Headers)}:{header.Key}", header.Value)),
    ];

    private static IEnumerable<ValidationResult> OfRequest(LookupOptions step, string key)
    {
        if (!Enum.IsDefined(step.By))
            yield return new("is not a kind of identifier", [$"{key}:{nameof(step.By)}"]);
        if (!Methods.Contains(step.Method, StringComparer.Ordinal))
            yield return new($"is none of {string.Join(", ", Methods)}", [$"{key}:{nameof(step.Method)}"]);
        if (string.IsNullOrWhiteSpace(step.Path))
            yield return new("is missing: set the address below BaseAddress", [$"{key}:{nameof(step.Path)}"]);
        else if (!StaysBelow(step.Path))
            yield return new("must be an address below BaseAddress, not a whole one", [$"{key}:{nameof(step.Path)}"]);
        if (!string.IsNullOrEmpty(step.IdentifierPattern) && !WholePattern.IsOne(step.IdentifierPattern))
            yield return new("is not a regular expression, or one that needs backtracking", [$"{key}:{nameof(step.IdentifierPattern)}"]);
        var (isForm, hasBody) = (RequestTemplate.IsForm(step.ContentType), !string.IsNullOrEmpty(step.Body));
        if (hasBody && step.Method == "GET")
            yield return new("has no effect with GET", [$"{key}:{nameof(step.Body)}"]);
        if (!isForm && !string.Equals(step.ContentType, "application/json", StringComparison.OrdinalIgnoreCase))
            yield return new("is neither application/json nor application/x-www-form-urlencoded", [$"{key}:{nameof(step.ContentType)}"]);
        else if (hasBody && !isForm && !IsJson(Filled(step.Body!)))
            yield return new("is not JSON whose placeholders stand inside quotes", [$"{key}:{nameof(step.Body)}"]);
    }

    private static IEnumerable<ValidationResult> OfPaths(LookupOptions step, string key)
    {
        (string Name, string? Path)[] paths =
        [
            (nameof(step.EmailPath), step.EmailPath), (nameof(step.NamePath), step.NamePath), (nameof(step.ExternalIdPath), step.ExternalIdPath),
            (nameof(step.StatusPath), step.StatusPath), (nameof(step.ConsentPath), step.ConsentPath), (nameof(step.MatchPath), step.MatchPath),
        ];
        foreach (var (name, _) in paths.Where(path => !string.IsNullOrWhiteSpace(path.Path) && !TextPath.TryParse(path.Path, out _)))
            yield return new("is not a path of the form $.a.b[0].c", [$"{key}:{name}"]);
        if (!string.IsNullOrWhiteSpace(step.HoldersPath) && !JsonPath.TryParse(step.HoldersPath, out _))
            yield return new("is not a path of the form $.a.b[0].c", [$"{key}:{nameof(step.HoldersPath)}"]);
        foreach (var (name, path) in step.Take ?? new Dictionary<string, string>())
        {
            if (!TextTemplate.IsName(name))
                yield return new("is not a name: a letter, then letters, digits and underscores", [$"{key}:{nameof(step.Take)}:{name}"]);
            if (!TextPath.TryParse(path, out _))
                yield return new("is not a path of the form $.a.b[0].c", [$"{key}:{nameof(step.Take)}:{name}"]);
        }
    }

    // A path that was emptied on purpose leaves its values without effect; one that was never there was forgotten.
    private static IEnumerable<ValidationResult> OfValues(
        string key, string pathName, string? path, string forbiddingName, IReadOnlyList<string>? forbidding, string allowingName, IReadOnlyList<string>? allowing)
    {
        var (forbids, allows) = (forbidding is { Count: > 0 }, allowing is { Count: > 0 });
        if (path is null && (forbids || allows))
            yield return new($"is missing: without it {(forbids ? forbiddingName : allowingName)} has no effect", [$"{key}:{pathName}"]);
        if (!string.IsNullOrWhiteSpace(path) && !forbids && !allows)
            yield return new($"is missing: {pathName} is only read to see whether it holds one of these, or of {allowingName}", [$"{key}:{forbiddingName}"]);
        if (!string.IsNullOrWhiteSpace(path) && forbids && allows)
            yield return new($"contradicts {forbiddingName}: set one of them", [$"{key}:{allowingName}"]);
    }

    private static IEnumerable<ValidationResult> OfCard(LookupOptions step, string key)
    {
        if (step.StatusIsOfCard && step.StatusPath is null)
            yield return new($"is missing: without it {nameof(step.StatusIsOfCard)} has no effect", [$"{key}:{nameof(step.StatusPath)}"]);
        if (step.StatusIsOfCard && step.By != IdentifierKind.LoyaltyCard)
            yield return new($"has no effect in a look-up by {step.By}", [$"{key}:{nameof(step.StatusIsOfCard)}"]);
    }

    private static IEnumerable<ValidationResult> OfRules(LookupOptions step, string key)
    {
        foreach (var (status, index) in (step.NotFoundStatuses ?? []).Select((status, index) => (status, index)))
        {
            if (status is not (0 or (>= 200 and <= 499)) or 401 or 408 or 429)
                yield return new("is not a status that can mean nobody: 200 to 499, not 401, 408 or 429; 0 = none", [$"{key}:{nameof(step.NotFoundStatuses)}:{index}"]);
        }
        (string Name, IReadOnlyList<AnswerRuleOptions>? Rules)[] lists =
        [
            (nameof(step.NotFoundWhen), step.NotFoundWhen), (nameof(step.AmbiguousWhen), step.AmbiguousWhen),
            (nameof(step.BlockedWhen), step.BlockedWhen), (nameof(step.BusyWhen), step.BusyWhen),
        ];
        foreach (var (rule, place) in lists.SelectMany(list => (list.Rules ?? []).Select((rule, index) => (rule, $"{key}:{list.Name}:{index}"))))
        {
            if (rule.Path is null || (rule.Path.Trim().Length > 0 && !TextPath.TryParse(rule.Path, out _)))
                yield return new("is not a path of the form $.a.b[0].c", [$"{place}:{nameof(rule.Path)}"]);
            if (rule.Missing == rule.Values is { Count: > 0 })
                yield return new($"must be set, or else {nameof(rule.Missing)}=true, and not both", [$"{place}:{nameof(rule.Values)}"]);
        }
    }

    private static bool StaysBelow(string path) => Uri.TryCreate(SomeBase, Filled(path).TrimStart('/'), out var address)
        && address.AbsoluteUri.StartsWith(SomeBase.AbsoluteUri, StringComparison.Ordinal);

    // A letter is JSON nowhere but inside quotes.
    private static string Filled(string template)
    {
        var text = new TextTemplate(template);
        return text.Fill(text.Names.Distinct().ToDictionary(name => name, _ => "x"), value => value);
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
