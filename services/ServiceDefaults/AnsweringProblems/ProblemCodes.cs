using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.AnsweringProblems;

/// <summary>
/// The <c>code</c> of a problem: what a program goes by. Titles and details are for people and may change; a code that was published never changes its meaning.
/// </summary>
public static class ProblemCodes
{
    /// <summary>The member's name in problem+json.</summary>
    public const string Member = "code";

    /// <summary>400: a parameter or the request itself was not understood.</summary>
    public const string NotUnderstood = "request-not-understood";

    /// <summary>401: no key, an unknown one, or one that is not valid now.</summary>
    public const string NoValidKey = "no-valid-key";

    /// <summary>403.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>404.</summary>
    public const string NotFound = "not-found";

    /// <summary>405.</summary>
    public const string MethodNotAllowed = "method-not-allowed";

    /// <summary>409.</summary>
    public const string Conflict = "conflict";

    /// <summary>413.</summary>
    public const string TooLarge = "too-large";

    /// <summary>415.</summary>
    public const string UnsupportedContentType = "unsupported-content-type";

    /// <summary>429.</summary>
    public const string TooManyRequests = "too-many-requests";

    /// <summary>503: sent again later, it will be taken.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>500.</summary>
    public const string Failed = "internal-error";

    /// <summary>What a problem with this status is called where nobody says it more exactly.</summary>
    public static string Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => NoValidKey,
        StatusCodes.Status403Forbidden => Forbidden,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status409Conflict => Conflict,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => UnsupportedContentType,
        StatusCodes.Status429TooManyRequests => TooManyRequests,
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        >= 500 => Failed,
        _ => NotUnderstood,
    };
}
