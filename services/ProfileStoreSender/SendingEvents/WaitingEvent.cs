using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.SendingEvents;

/// <summary>An event on its way out.</summary>
/// <param name="Claim">What to ask the ledger for.</param>
/// <param name="Event">What is sent.</param>
/// <param name="Alone">True after a request with several events was refused.</param>
/// <param name="IsFresh">False when it is asked for again: then it waits in another line.</param>
internal sealed record EventToSend(LedgerClaim Claim, BuiltEvent Event, bool Alone, bool IsFresh);

/// <summary>What came of it.</summary>
/// <param name="Claim">What the ledger said; null when it was not asked, because nothing can be sent in time.</param>
/// <param name="Answer">What the destination said; null when nothing was sent.</param>
/// <param name="Took">How long the answer took.</param>
internal sealed record SentEvent(ClaimResult? Claim, DestinationAnswer? Answer, TimeSpan Took)
{
    /// <summary>Left to the journey.</summary>
    public static SentEvent Postponed { get; } = new(null, null, TimeSpan.Zero);
}

/// <summary>One that waits for a request.</summary>
internal sealed class WaitingEvent
{
    public WaitingEvent(EventToSend toSend, DateTimeOffset since) => (ToSend, Since, Node) = (toSend, since, new(this));

    public EventToSend ToSend { get; }

    public DateTimeOffset Since { get; }

    public LinkedListNode<WaitingEvent> Node { get; }

    // Continuations must not run on the loop that makes the requests.
    public TaskCompletionSource<SentEvent> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
