namespace OrderJourney.Journey;

/// <summary>Private message of this service to its own queue: a person wants a journey that ended without success to be tried again.</summary>
public sealed record JourneyRetryRequested
{
    /// <summary>The order's id.</summary>
    public required Guid OrderId { get; init; }
}
