namespace ProfileStoreSender.ErasingPeople;

/// <summary>How one destination is told to erase a person, or to take nothing of theirs any more. A destination without one is a person's work.</summary>
internal interface IDestinationErasure
{
    /// <summary>The destination's name.</summary>
    string Destination { get; }

    /// <summary>Asks once. May be asked again after it was done. Never throws for what the destination or the network does: that is an answer.</summary>
    Task<DestinationErased> Erase(PersonAtDestination person, CancellationToken cancellationToken);
}

/// <summary>Who it is there. Personal data: never logged.</summary>
internal sealed record PersonAtDestination(string? Email, IReadOnlyList<string> Cards)
{
    /// <summary>Says what is known, never whose it is.</summary>
    public override string ToString() => $"PersonAtDestination {{ email: {Email is not null}, cards: {Cards.Count} }}";
}

/// <summary>What came of it.</summary>
/// <param name="State">Done, waiting (tried again) or by hand.</param>
/// <param name="Detail">What a person should know or do; names nobody.</param>
internal sealed record DestinationErased(Contracts.OrderJourney.ErasureState State, string? Detail = null);

/// <summary>A destination that this process serves.</summary>
internal sealed record ServedDestination(string Name, bool Enabled);
