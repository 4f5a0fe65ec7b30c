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

    /// <summary>In words, for logs and health: never a part of the answer.</summary>
    public string Problem => StatusCode is { } status ? $"status {status}" : MayHaveArrived ? "no answer to a request that was sent" : "no connection";
}

/// <summary>The ways a request can end.</summary>
internal enum AnswerKind
{
    /// <summary>2xx.</summary>
    Accepted,

    /// <summary>A 4xx that trying again cannot change.</summary>
    Refused,

    /// <summary>The same for a request with several events: each is sent again alone, and may have been stored.</summary>
    RefusedTogether,

    /// <summary>401 or 403: nothing wrong with the order.</summary>
    KeyRefused,

    /// <summary>Time-out, no connection, 408, 429, 5xx, a redirect: heals by trying again.</summary>
    Unavailable,
}
