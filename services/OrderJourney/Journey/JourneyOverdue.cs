namespace OrderJourney.Journey;

/// <summary>Private message of this service to its own queue: a journey's <see cref="OrderJourneySaga.NextCheckAt"/> has passed.</summary>
public sealed record JourneyOverdue
{
    /// <summary>The order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>The journey's attempts when the sweeper saw it: a second copy of this message finds another number and does nothing.</summary>
    public required int Attempt { get; init; }
}
