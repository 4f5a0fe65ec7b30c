using OrderJourney.StoringJourneys;

namespace OrderJourney.ErasingPeople;

/// <summary>An order that may be the person's. Personal data: never logged.</summary>
/// <param name="Id">The order.</param>
/// <param name="CardKey">Of its card.</param>
/// <param name="Shared">The card is used by more than a customer does.</param>
/// <param name="Email">Its customer's address, by the last answer.</param>
/// <param name="Card">Its card, as scanned.</param>
internal sealed record FoundOrder(Guid Id, string? CardKey, bool Shared, string? Email, string? Card)
{
    /// <summary>Says which, never whose.</summary>
    public override string ToString() => $"FoundOrder {{ {Id:D} }}";
}

/// <summary>The same as it is stored.</summary>
internal sealed class FoundRow
{
    public required string Id { get; init; }

    public string? CardKey { get; init; }

    public bool Shared { get; init; }

    public string? Customer { get; init; }

    public string? Body { get; init; }

    public FoundOrder Read() => new(
        Guid.Parse(Id), CardKey, Shared, JourneyJson.Customer(Customer)?.Email, Body is null ? null : JourneyJson.Order(Body).Customer.LoyaltyCard);
}
