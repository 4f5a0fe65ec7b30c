using System.Text.Json;
using CustomerResolution.NormalisingIdentifiers;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>What the answers to a step mean. Pure.</summary>
internal sealed class AnswerReader(LookupOptions options)
{
    private static readonly StepAnswer Malformed = StepAnswer.End(new LookupFailure(LookupFailureKind.Malformed));

    private readonly JsonPath? _holders = JsonPath.TryParse(options.HoldersPath, out var path) ? path : null;
    private readonly TextPath? _match = TextPath.ParseOptional(options.MatchPath);
    private readonly TextPath? _email = TextPath.ParseOptional(options.EmailPath);
    private readonly TextPath? _name = TextPath.ParseOptional(options.NamePath);
    private readonly TextPath? _externalId = TextPath.ParseOptional(options.ExternalIdPath);
    private readonly TrackingRule? _status = TrackingRule.From(options.StatusPath, options.BlockedStatuses, options.AllowedStatuses);
    private readonly TrackingRule? _consent = TrackingRule.From(options.ConsentPath, options.WithdrawnConsents, options.GivenConsents);
    private readonly bool _statusIsOfCard = options.StatusIsOfCard;
    private readonly HashSet<int> _notFoundStatuses = [.. options.NotFoundStatuses is { Count: > 0 } statuses ? statuses : [404]];
    private readonly IReadOnlyList<(string Name, TextPath Path)> _take = [.. (options.Take ?? new Dictionary<string, string>()).Select(take => (take.Key, TextPath.Parse(take.Value)))];

    private readonly IReadOnlyList<(AnswerRule Rule, LookupOutcome Outcome)> _rules =
    [
        .. Rules(options.BlockedWhen, LookupOutcome.Blocked), .. Rules(options.AmbiguousWhen, LookupOutcome.Ambiguous),
        .. Rules(options.BusyWhen, LookupOutcome.Unavailable), .. Rules(options.NotFoundWhen, LookupOutcome.NotFound),
    ];

    /// <summary>Whether an answer with this status must have a body that is JSON.</summary>
    public bool NeedsBody(int status) => status is >= 200 and <= 299 && !_notFoundStatuses.Contains(status);

    /// <summary>Whether a body is looked at whatever the status.</summary>
    public bool LooksAtEveryBody => _rules.Count > 0;

    /// <summary>What the answer means; null when its status alone says what went wrong.</summary>
    public StepAnswer? Read(int status, JsonElement? body, Identifier by, KnownHolder before)
    {
        if (body is { } document && _rules.FirstOrDefault(rule => rule.Rule.Fits(document, status is >= 200 and <= 299)) is { Rule: not null } fitting)
            return StepAnswer.End(AnswerFor(fitting.Outcome, status, document));
        if (_notFoundStatuses.Contains(status))
            return StepAnswer.End(LookupAnswer.NotFound);
        return !NeedsBody(status) ? null : body is { } answer ? ReadHolders(answer, by, before) : Malformed;
    }

    private StepAnswer ReadHolders(JsonElement body, Identifier by, KnownHolder before)
    {
        if (_holders is null)
            return IsMeant(body, by) ? ReadHolder(body, before) : StepAnswer.End(LookupAnswer.NotFound);
        // A list that is not where the configuration says must not pass for an empty one: nobody would ever be found, and nothing would say so.
        if (!_holders.TryRead(body, out var list) || list.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object or JsonValueKind.Null))
            return Malformed;
        var listed = list.ValueKind switch
        {
            JsonValueKind.Array => list.EnumerateArray(),
            // Some leave the list out around an only holder.
            JsonValueKind.Object => [list],
            _ => Enumerable.Empty<JsonElement>(),
        };
        var holders = listed.Where(holder => IsMeant(holder, by)).Take(2).ToList();
        return holders switch
        {
            [] => StepAnswer.End(LookupAnswer.NotFound),
            [var holder] => ReadHolder(holder, before),
            _ => StepAnswer.End(LookupAnswer.Ambiguous),
        };
    }

    private StepAnswer ReadHolder(JsonElement holder, KnownHolder before)
    {
        // A list of bare ids is a list of holders as long as nothing but the id is asked of them.
        if (holder.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) && (_email is not null || _take.Count == 0))
            return Malformed;
        var email = EmailIn(holder) ?? before.Email;
        if (_status?.Forbids(holder) == true)
            return StepAnswer.End(LookupAnswer.Blocked(_statusIsOfCard ? null : email));
        if (_consent?.Forbids(holder) == true)
            return StepAnswer.End(LookupAnswer.ConsentWithdrawn(email));

        var values = new Dictionary<string, string>(before.Values, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, path) in _take)
        {
            if (path.ReadText(holder) is not { } value)
                return Malformed;
            values[name] = value;
        }
        return StepAnswer.GoOn(before with
        {
            Values = values,
            Email = email,
            Name = _name?.ReadText(holder) ?? before.Name,
            ExternalId = _externalId?.ReadText(holder) ?? before.ExternalId,
            HasStatus = before.HasStatus || (!_statusIsOfCard && _status?.Allows(holder) == true),
            HasConsent = before.HasConsent || _consent?.Allows(holder) == true,
        });
    }

    private bool IsMeant(JsonElement holder, Identifier by) => _match is null || _match.ReadTexts(holder).Any(text => Bare(text) == Bare(by.Value));

    private string? EmailIn(JsonElement holder) => EmailAddress.TryRead(_email?.ReadText(holder), out var email) ? email : null;

    private LookupAnswer AnswerFor(LookupOutcome outcome, int status, JsonElement body) => outcome switch
    {
        LookupOutcome.Blocked => LookupAnswer.Blocked(_holders is null ? EmailIn(body) : null),
        LookupOutcome.Ambiguous => LookupAnswer.Ambiguous,
        LookupOutcome.NotFound => LookupAnswer.NotFound,
        _ => LookupAnswer.Failed(new(LookupFailureKind.TooManyRequests, status)),
    };

    private static IEnumerable<(AnswerRule, LookupOutcome)> Rules(IReadOnlyList<AnswerRuleOptions>? rules, LookupOutcome outcome) =>
        (rules ?? []).Where(rule => !string.IsNullOrWhiteSpace(rule.Path)).Select(rule => (new AnswerRule(rule), outcome));

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '(' or ')'))).ToUpperInvariant();
}
