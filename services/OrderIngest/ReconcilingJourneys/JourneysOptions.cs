namespace OrderIngest.ReconcilingJourneys;

/// <summary>Section <c>OrderIngest:Journeys</c>: where OrderJourney answers.</summary>
internal sealed class JourneysOptions
{
    /// <summary>Address of OrderJourney, for example <c>http://order-journey:8080</c>. Without it lost events are not noticed, and health says so.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>The key OrderJourney wants in <c>X-Api-Key</c>, where it wants one.</summary>
    public string? ApiKey { get; init; }
}
