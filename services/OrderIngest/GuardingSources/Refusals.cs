using System.Globalization;
using System.Threading.RateLimiting;
using ServiceDefaults.AnsweringProblems;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.GuardingSources;

/// <summary>Every answer of the door to a request that is not let in.</summary>
internal static class Refusals
{
    /// <summary>400: the source that the request names is not configured.</summary>
    public const string UnknownSource = "unknown-source";

    /// <summary>401: the source signs its requests, and this one is not signed, or not in the form expected.</summary>
    public const string SignatureMissing = "signature-missing";

    /// <summary>401: the signature does not fit the request.</summary>
    public const string SignatureWrong = "signature-wrong";

    /// <summary>401: the request was signed too long ago, or a clock is wrong.</summary>
    public const string OutsideWindow = "timestamp-outside-window";

    /// <summary>403: the order is another source's than the key.</summary>
    public const string AnotherSource = "another-source";

    /// <summary>403: the order is of a store that the key is not for.</summary>
    public const string AnotherStore = "another-store";

    /// <summary>403: the route shows or changes all of a source's input, and the key is for some stores only.</summary>
    public const string KeyOfSomeStores = "key-of-some-stores";

    /// <summary>403: the route is about all sources, and a source's key opens its own orders only.</summary>
    public const string OnlyOperators = "operators-only";

    /// <summary>429: the key has as many batches under way as it may.</summary>
    public const string TooManyBatches = "too-many-batches";

    /// <summary>What a client that has no key is asked for (RFC 9110 wants every 401 to say).</summary>
    private static readonly string Challenge = $"ApiKey header=\"{ApiKeys.Header}\"";

    public static IResult NoValidKey(HttpContext http) =>
        Unauthorized(http, ProblemCodes.NoValidKey, "No valid API key", $"Send the source's key in the header {ApiKeys.Header}.");

    public static IResult NotSigned(HttpContext http) => Unauthorized(
        http, SignatureMissing, "The request is not signed",
        $"Requests of this source carry {RequestSignature.TimestampHeader} (Unix seconds) and {RequestSignature.Header} (v1= and 64 hexadecimal digits).");

    public static IResult WrongSignature(HttpContext http) => Unauthorized(
        http, SignatureWrong, "The signature is not right",
        "It is the HMAC-SHA256 of the timestamp, the method, the path with its query, and the body as sent, with a line feed after each of the first three.");

    /// <summary>Says what time it is here, so that a clock that is wrong can be seen from there.</summary>
    public static IResult NotNow(HttpContext http, DateTimeOffset now, TimeSpan window) => Unauthorized(
        http, OutsideWindow, "The request's time is not now",
        $"{RequestSignature.TimestampHeader} may differ from the time here by {window.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} seconds; see serverTime. Sign the request anew.",
        new() { ["serverTime"] = now.ToUnixTimeSeconds(), ["serverTimeUtc"] = now.UtcDateTime });

    public static IResult NotConfigured(string name) =>
        Problem(StatusCodes.Status400BadRequest, UnknownSource, "Unknown source", SourceGuard.NotConfigured(name));

    public static IResult OtherSource(Source byKey) => Problem(
        StatusCodes.Status403Forbidden, AnotherSource, "Another source's order", $"The API key is that of {byKey.Name}; the request names another source. Nothing was kept.");

    public static IResult OtherStore() => Problem(
        StatusCodes.Status403Forbidden, AnotherStore, "Another store's order", "The API key is not for the store that the order names. Nothing was kept.");

    public static IResult NotAnOperator() => Problem(
        StatusCodes.Status403Forbidden, OnlyOperators, "An operator's key is needed", "This is about the orders of all sources: a source's key does not open it.");

    public static IResult OnlySomeStores() => Problem(
        StatusCodes.Status403Forbidden, KeyOfSomeStores, "A key for the whole source is needed", "The API key is for some of the source's stores; this route is about all of them.");

    public static IResult TooLarge(long longest) => Problem(
        StatusCodes.Status413PayloadTooLarge, ProblemCodes.TooLarge, "The body is too large",
        $"A signed request to this route may have {longest.ToString(CultureInfo.InvariantCulture)} bytes at most. Nothing was kept; send it in parts.");

    /// <summary>429 with <c>Retry-After</c>.</summary>
    public static IResult TooMany(HttpContext http, RateLimitLease lease, string code = ProblemCodes.TooManyRequests)
    {
        var seconds = RequestLimits.RetryAfter(lease);
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return code == TooManyBatches
            ? Problem(StatusCodes.Status429TooManyRequests, code, "Too many batches at once", "Wait for one to be answered, then send this one again. Nothing of it was kept.")
            : Problem(StatusCodes.Status429TooManyRequests, code, "Too many requests", $"Send it again after {seconds} s. Nothing was kept.");
    }

    private static IResult Unauthorized(HttpContext http, string code, string title, string detail, Dictionary<string, object?>? more = null)
    {
        http.Response.Headers.WWWAuthenticate = Challenge;
        return Problem(StatusCodes.Status401Unauthorized, code, title, detail, more);
    }

    private static IResult Problem(int status, string code, string title, string detail, Dictionary<string, object?>? more = null)
    {
        more ??= [];
        more[ProblemCodes.Member] = code;
        return Results.Problem(detail, statusCode: status, title: title, extensions: more);
    }
}
