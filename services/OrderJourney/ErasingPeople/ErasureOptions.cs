using System.ComponentModel.DataAnnotations;

namespace OrderJourney.ErasingPeople;

/// <summary>Section <c>Erasure</c>: who has to answer when a person is erased, and how long is waited.</summary>
public sealed class ErasureOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Erasure";

    /// <summary>Services that must answer, besides this one. Default when nothing is configured: order-ingest, customer-resolution, profile-store-sender, email-marketing.</summary>
    public IReadOnlyList<string> Parties { get; init; } = [];

    /// <summary><see cref="Parties"/>, or the default.</summary>
    internal IReadOnlyList<string> RequiredParties => Parties.Count > 0 ? Parties : ["order-ingest", "customer-resolution", "profile-store-sender", "email-marketing"];

    /// <summary>How long answers may take before they are asked for again; doubled each time, an hour at most. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan AskAgainAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after the last answer it is looked once more whether an order came meanwhile; only then is it done. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan FinalPassAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Parties.Any(party => party.Length is 0 or > 64 || !party.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')))
            yield return new("holds something that is no name of a service, for example order-ingest", [nameof(Parties)]);
    }
}
