using System.Net;
using ServiceDefaults.PacingRequests;

namespace ProfileStoreSender.SendingEvents;

/// <summary>What came of one request.</summary>
internal sealed record DestinationAnswer
{
    public required AnswerKind Kind { get; init; }

    /// <summary>HTTP status; null without an answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The first 4 KB of the answer; for the ledger only, it may quote the event.</summary>
    public string? Text { get; init; }

    /// <summary>How long the destination wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What its headers say about how much more it takes.</summary>
    public RateNotice Rate { get; init; }

    /// <summary>True when it takes events, only not so many.</summary>
    public bool IsTooMany => StatusCode == (int)HttpStatusCode.TooManyRequests;

    /// <summary>True when the event left this process and nobody knows whether it was stored.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>True when a page to look at came instead of an API's answer.</summary>
    public bool IsWebPage { get; init; }

    /// <summary>In words, for logs and health: never a part of the answer.</summary>
    public string Problem => StatusCode is { } status ? $"{(IsWebPage ? "a web page with " : "")}status {status}{(IsWebPage || MeansWrongAddress(status) ? ", as a wrong BaseAddress gives" : "")}"
        : MayHaveArrived ? "no answer to a request that was sent" : "no connection";

    /// <summary>True for what says nothing about an order: nobody is there, or somebody else. With a wrong address in the settings every order would be refused for good.</summary>
    public static bool MeansWrongAddress(int status) => status is >= 300 and < 400 or 404 or 405 or 407 or 410 or 421 or 426;
}

/// <summary>The ways a request can end.</summary>
internal enum AnswerKind
{
    /// <summary>2xx that reports no faults.</summary>
    Accepted,

    /// <summary>A 4xx that trying again cannot change, or a 2xx that says what was wrong.</summary>
    Refused,

    /// <summary>The same for a request with several events: each is sent again alone, and may have been stored.</summary>
    RefusedTogether,

    /// <summary>401 or 403: nothing wrong with the order.</summary>
    KeyRefused,

    /// <summary>Time-out, no connection, 402, 408, 425, 429, 5xx, an address at which nobody takes events: heals by trying again.</summary>
    Unavailable,
}
