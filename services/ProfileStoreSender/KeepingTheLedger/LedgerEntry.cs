using Contracts.CustomerResolution;

namespace ProfileStoreSender.KeepingTheLedger;

/// <summary>One row: one order at one destination.</summary>
internal sealed record LedgerEntry
{
    public required Guid OrderId { get; init; }

    public required string Destination { get; init; }

    public required DeliveryState State { get; init; }

    /// <summary>True where a later version has left it in a state that this one has no word for; it reads as <see cref="DeliveryState.Unknown"/>.</summary>
    public bool IsOfLaterVersion { get; init; }

    /// <summary>Requests begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>How many of them were begun although an earlier one may have arrived: the destination may hold the event that many times more.</summary>
    public required int Uncertain { get; init; }

    /// <summary>True when the latest claim was one of those.</summary>
    public required bool RepeatsUnknown { get; init; }

    /// <summary>True when the latest request left this process and its fate is not known.</summary>
    public required bool MayHaveArrived { get; init; }

    public required string TrackId { get; init; }

    public int? StatusCode { get; init; }

    /// <summary>The destination's answer (first 4 KB), or why nothing was sent.</summary>
    public string? Answer { get; init; }

    /// <summary>Why it was not sent on purpose; null in every other state.</summary>
    public SuppressionReason? SuppressedBecause { get; init; }

    /// <summary>Whose profile it was sent to, or would have been; null in rows of earlier versions.</summary>
    public string? CustomerKey { get; init; }

    /// <summary>The process that is sending; null when none is.</summary>
    public Guid? ClaimedBy { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>When another process may take over, UTC.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }

    /// <summary>When the latest request was begun, UTC; null before the first, and where it was sent by an earlier version.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>UTC; of an accepted order, when it was accepted.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The state, with the crash of a process in mind: a claim that is over was never answered.</summary>
    public DeliveryState StateAt(DateTimeOffset now) => State == DeliveryState.Sending && ClaimedUntil < now ? DeliveryState.Unknown : State;

    /// <summary>True when there is an answer already and nothing needs to be sent.</summary>
    public bool Settles(LedgerClaim claim) =>
        State == DeliveryState.Accepted || State == DeliveryState.Refused && !claim.TryRefusedAgain && (CustomerKey is null || CustomerKey == claim.CustomerKey);
}

/// <summary>Wanted: the right to send.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Destination">Where to.</param>
/// <param name="TrackId">The id of the event.</param>
/// <param name="TryRefusedAgain">True when it is asked for on purpose after a refusal; what was refused for another customer is tried again either way.</param>
/// <param name="CustomerKey">Whose profile it is for, and whose consent is looked at.</param>
/// <param name="ConsentSeenAt">When a provider last saw consent, UTC: an earlier withdrawal forbids nothing any more. Null where nobody did.</param>
/// <param name="StatusSeenAt">When a provider last saw that the customer is not blocked, UTC: likewise for an earlier block.</param>
/// <param name="CardKey">Key of the order's card, where it is known: who was erased by card is on the suppression list by it.</param>
internal sealed record LedgerClaim(
    Guid OrderId, string Destination, string TrackId, bool TryRefusedAgain, string CustomerKey, DateTimeOffset? ConsentSeenAt = null, DateTimeOffset? StatusSeenAt = null,
    string? CardKey = null)
{
    /// <summary>
    /// Null sends again what may have arrived. Otherwise that needs an answer first: this many attempts had been made when the destination said that it does not
    /// have the event; 0 when it has not been asked.
    /// </summary>
    public int? AskedAfterAttempts { get; init; }
}

/// <summary>The claims of one statement.</summary>
/// <param name="Claims">At most one per order and destination.</param>
/// <param name="By">The claiming process.</param>
/// <param name="Now">UTC.</param>
/// <param name="Until">When another process may take over, UTC.</param>
internal sealed record ClaimBatch(IReadOnlyList<LedgerClaim> Claims, Guid By, DateTimeOffset Now, DateTimeOffset Until);

/// <summary>Whether the right to send was given, and the row as it is now; null only when another process made it in this very moment.</summary>
internal readonly record struct ClaimResult(bool Taken, LedgerEntry? Entry)
{
    /// <summary>True when it was not given because the customer may not be tracked; the row says so since this claim.</summary>
    public bool Forbidden { get; init; }

    /// <summary>True when it was not given because an earlier request may have arrived, and the destination is to be asked first.</summary>
    public bool MustAsk { get; init; }

    /// <summary>A claim that has written the row has the right to send, unless the row says otherwise.</summary>
    public static ClaimResult Of(bool written, LedgerEntry? entry) =>
        new(written && entry?.State == DeliveryState.Sending, entry) { Forbidden = written && entry?.State == DeliveryState.Suppressed };
}

/// <summary>What came of an attempt for a customer, or why there was none.</summary>
internal sealed record LedgerOutcome(Guid OrderId, string Destination, string TrackId, DeliveryState State, string CustomerKey)
{
    public int? StatusCode { get; init; }

    public string? Answer { get; init; }

    /// <summary>With <see cref="DeliveryState.Suppressed"/>.</summary>
    public SuppressionReason? SuppressedBecause { get; init; }

    /// <summary>
    /// What an attempt tells; null when nothing was sent, which leaves what an earlier attempt told: <see cref="DeliveryState.Unavailable"/> is then written as
    /// <see cref="DeliveryState.Unknown"/> where that attempt may have arrived.
    /// </summary>
    public bool? MayHaveArrived { get; init; }
}

/// <summary>The outcomes of one statement, at most one per order and destination.</summary>
internal sealed record OutcomeBatch(IReadOnlyList<LedgerOutcome> Outcomes, Guid By, DateTimeOffset Now);

/// <summary>Rows of the ledger that are wanted, in the order of their keys.</summary>
/// <param name="State">Only rows in this state; null = all.</param>
/// <param name="Destination">Only this destination; null = all.</param>
/// <param name="After">Only rows whose key comes after this one.</param>
/// <param name="Limit">At most so many.</param>
internal sealed record LedgerFilter(DeliveryState? State, string? Destination, (Guid OrderId, string Destination)? After, int Limit);

/// <summary>How many orders a destination has in a state.</summary>
internal sealed record StateCount(string Destination, DeliveryState State, long Orders, long Uncertain);
