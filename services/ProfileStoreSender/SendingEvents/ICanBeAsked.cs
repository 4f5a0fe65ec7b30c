namespace ProfileStoreSender.SendingEvents;

/// <summary>A destination that tells which events it has.</summary>
internal interface ICanBeAsked
{
    /// <summary>How long after a request may have arrived a "no" is believed: what was just stored may not be found yet.</summary>
    TimeSpan AskAfter { get; }

    /// <summary>Looks for an event by its id. Never throws for what the destination or the network does: that is no answer.</summary>
    Task<QueryAnswer> Ask(string trackId, CancellationToken cancellationToken);
}

/// <summary>What came of a question.</summary>
/// <param name="Times">How many events of that id the destination shows; null when it gave no usable answer.</param>
/// <param name="Problem">Why there was none, in words: never a part of the answer.</param>
internal sealed record QueryAnswer(int? Times, string? Problem = null);
