namespace ProfileStoreSender.SendingEvents;

/// <summary>
/// One place that orders are sent to: what an event is there, and how a request is made. What follows from an answer (waiting, trying again, the ledger)
/// is the same for all of them. Adding one: docs/decisions/0020.
/// </summary>
internal interface IDestination
{
    /// <summary>Its name in messages, in the ledger and in configuration; never changes, or every order could be sent a second time.</summary>
    static abstract string Name { get; }

    /// <summary>Its queue.</summary>
    static abstract string Queue { get; }

    /// <inheritdoc cref="Name" />
    string KnownAs { get; }

    /// <summary>When and how fast.</summary>
    DestinationOptions Options { get; }

    /// <summary>What it takes.</summary>
    DestinationLimits Limits { get; }

    /// <summary>The event of an order. Pure: the same order gives the same bytes and the same id.</summary>
    BuiltEvent Build(TrackingRequest request);

    /// <summary>Sends some events in one request. Never throws for what the destination or the network does: that is an answer.</summary>
    Task<DestinationAnswer> Send(IReadOnlyList<BuiltEvent> events, CancellationToken cancellationToken);
}

/// <summary>What a destination takes, as documented.</summary>
/// <param name="Events">Most events of one request.</param>
/// <param name="EventBytes">Largest event, in bytes of UTF-8.</param>
/// <param name="RequestBytes">Largest request, in bytes of UTF-8.</param>
internal sealed record DestinationLimits(int Events, int EventBytes, int RequestBytes);

/// <summary>What is sent, and the id it is known by.</summary>
internal sealed record BuiltEvent(string TrackId, byte[] Body)
{
    /// <summary>What was left out of it because it was too large, in words for the ledger; null when nothing was.</summary>
    public string? Trimmed { get; init; }
}
