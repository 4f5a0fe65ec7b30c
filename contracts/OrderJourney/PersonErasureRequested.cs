namespace Contracts.OrderJourney;

/// <summary>
/// Event on topic <c>person-erasures-requested</c>: everybody who keeps something of this person overwrites it, and answers with <see cref="PersonErased"/>. Comes in
/// rounds, and each again until it is answered: what was erased already is simply not there any more.
/// </summary>
public sealed record PersonErasureRequested
{
    /// <summary>The erasure; correlation id.</summary>
    public required Guid ErasureId { get; init; }

    /// <summary>From 1; a later one knows more of the person, or brings further orders.</summary>
    public required int Round { get; init; }

    /// <summary>When the erasure was asked for, UTC: an order to suppress counts from then on.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The address, as in <c>Customer.Email</c>. Personal data: never logged. Absent while nobody knows it.</summary>
    public string? Email { get; init; }

    /// <summary>Cards of the person, as scanned or as given. Personal data: never logged.</summary>
    public required IReadOnlyList<string> Cards { get; init; }

    /// <summary>Keys of those cards, as far as CustomerResolution told them.</summary>
    public required IReadOnlyList<string> CardKeys { get; init; }

    /// <summary>Orders of the person, 500 at most; further ones come in further rounds.</summary>
    public required IReadOnlyList<Guid> OrderIds { get; init; }

    /// <summary>Says which erasure, never whose.</summary>
    public override string ToString() => $"PersonErasureRequested {{ erasure: {ErasureId}, round: {Round}, orders: {OrderIds.Count} }}";
}
