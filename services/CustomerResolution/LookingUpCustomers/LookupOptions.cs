namespace CustomerResolution.LookingUpCustomers;

/// <summary>
/// One entry of <c>Loyalty:Lookups</c>: an HTTP request and where its answer holds what. Templates hold placeholders such as <c>{card}</c>; places
/// are as <see cref="TextPath"/> describes them, an empty one is none. Entries with the same <see cref="By"/> follow one another, in the list's order.
/// </summary>
internal sealed class LookupOptions
{
    /// <summary>The shape of the plain look-up by card that many retailers' own services have.</summary>
    public static LookupOptions ByCard { get; } = new()
    {
        Path = "customers/{card}",
        EmailPath = "$.email",
        NamePath = "$.name",
        ExternalIdPath = "$.customerId",
        StatusPath = "$.status",
        BlockedStatuses = ["blocked"],
    };

    /// <summary>What the customer is asked for by. Default <c>LoyaltyCard</c>, as <c>{card}</c>; others <c>{customerNumber}</c>, <c>{phone}</c>, <c>{email}</c>.</summary>
    public IdentifierKind By { get; init; }

    /// <summary>A regular expression for whole identifiers: what does not fit is nobody's, and the provider is not asked. Where it answers such a one like a fault.</summary>
    public string? IdentifierPattern { get; init; }

    /// <summary><c>GET</c> (default), <c>POST</c>, <c>PUT</c> or <c>PATCH</c>.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>Address below <c>BaseAddress</c>, query included; a template whose values are URL-encoded.</summary>
    public string? Path { get; init; }

    /// <summary>Headers of this request beside <c>Loyalty:Headers</c>; templates.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The request's body: a template whose values are escaped as <see cref="ContentType"/> asks.</summary>
    public string? Body { get; init; }

    /// <summary><c>application/json</c> (default; placeholders stand inside quotes) or <c>application/x-www-form-urlencoded</c>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Values for later steps, by the name of their placeholder. One that the answer lacks makes the answer unusable; say in <see cref="NotFoundWhen"/> if it means nobody.</summary>
    public IReadOnlyDictionary<string, string>? Take { get; init; }

    /// <summary>For answers that are a list: where the array of holders is (<c>$</c> for the answer itself); a single object there is an only holder. The paths below, and those of <see cref="Take"/>, then start at a holder.</summary>
    public string? HoldersPath { get; init; }

    /// <summary>For searches that find more than was asked for: only a holder whose value here is the identifier counts; letter case, blanks, hyphens and brackets aside.</summary>
    public string? MatchPath { get; init; }

    /// <summary>Where the e-mail address is; needed in one step of a sequence. What a later step says replaces what an earlier one said.</summary>
    public string? EmailPath { get; init; }

    /// <summary>Where the display name is.</summary>
    public string? NamePath { get; init; }

    /// <summary>Where the provider's id of the customer is.</summary>
    public string? ExternalIdPath { get; init; }

    /// <summary>Where the holder's status is.</summary>
    public string? StatusPath { get; init; }

    /// <summary>Statuses, in any letter case, that forbid tracking.</summary>
    public IReadOnlyList<string>? BlockedStatuses { get; init; }

    /// <summary>Statuses that allow tracking; any other, and none at all, forbids it. Instead of <see cref="BlockedStatuses"/>.</summary>
    public IReadOnlyList<string>? AllowedStatuses { get; init; }

    /// <summary>
    /// True where the status is the card's and not the customer's: it forbids to track by this card, and says nothing of the customer otherwise. Default false.
    /// </summary>
    public bool StatusIsOfCard { get; init; }

    /// <summary>Where the holder's consent is.</summary>
    public string? ConsentPath { get; init; }

    /// <summary>Values, in any letter case, that say consent was withdrawn.</summary>
    public IReadOnlyList<string>? WithdrawnConsents { get; init; }

    /// <summary>Values that say consent was given; any other, and none at all, counts as withdrawn. Instead of <see cref="WithdrawnConsents"/>.</summary>
    public IReadOnlyList<string>? GivenConsents { get; init; }

    /// <summary>HTTP statuses that say nobody is known. Default 404; 0 = none.</summary>
    public IReadOnlyList<int>? NotFoundStatuses { get; init; }

    /// <summary>Answers, whatever their HTTP status, that say nobody is known. The rules' paths start at the whole answer; the first rule that fits decides.</summary>
    public IReadOnlyList<AnswerRuleOptions>? NotFoundWhen { get; init; }

    /// <summary>Answers that say several customers are meant.</summary>
    public IReadOnlyList<AnswerRuleOptions>? AmbiguousWhen { get; init; }

    /// <summary>Answers that say the holder must not be tracked.</summary>
    public IReadOnlyList<AnswerRuleOptions>? BlockedWhen { get; init; }

    /// <summary>Answers that say too much was asked, as status 429 does.</summary>
    public IReadOnlyList<AnswerRuleOptions>? BusyWhen { get; init; }
}
