using System.ComponentModel.DataAnnotations;

namespace OrderJourney.Journey;

/// <summary>Section <c>Journey</c>: what an order must reach, and how long each step may take before it is asked for again.</summary>
public sealed class JourneyOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Journey";

    /// <summary>Where every order must arrive. Default when nothing is configured: <c>profile-store</c>.</summary>
    public IReadOnlyList<string> Destinations { get; init; } = [];

    /// <summary><see cref="Destinations"/>, or the default.</summary>
    internal IReadOnlyList<string> RequiredDestinations => Destinations.Count > 0 ? Destinations : ["profile-store"];

    /// <summary>How long the first answer of CustomerResolution may take; doubled with each new request, an hour at most. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan ResolutionDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the destinations' answers may take; doubled with each new request, an hour at most. Default 3 min: longer than ProfileStore:HoldFor.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan TrackingDeadline { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How soon an unknown card is looked up again; doubled each time, <see cref="LongestRecheck"/> at most. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan FirstRecheck { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest pause between two look-ups of an unknown card. Default 6 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "7.00:00:00")]
    public TimeSpan LongestRecheck { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The longest pause between two attempts while the loyalty provider or a destination is away. Default 1 min: orders flow soon after its return.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan LongestOutageRecheck { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an order waits for its card to be registered before it counts as unidentified, and how long notices about cards are kept. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "400.00:00:00")]
    public TimeSpan WaitForCustomer { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long an order may go without any answer before it needs attention. Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "400.00:00:00")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often overdue journeys are looked for. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often orders under way are counted for the metrics. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan CountOpenEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often those who wait for a customer are counted. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CountWaitingEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Destinations.FirstOrDefault(name => !Contracts.ProfileStoreSender.Destinations.All.Contains(name)) is { } unknown)
            yield return new($"'{unknown}' is no destination; known are {string.Join(", ", Contracts.ProfileStoreSender.Destinations.All)}", [nameof(Destinations)]);
        if (LongestRecheck < FirstRecheck)
            yield return new($"is shorter than {Section}:{nameof(FirstRecheck)}", [nameof(LongestRecheck)]);
    }
}
