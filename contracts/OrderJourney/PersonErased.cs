namespace Contracts.OrderJourney;

/// <summary>Event on topic <c>persons-erased</c>: what one party did about a <see cref="PersonErasureRequested"/>. A party is a service, or a destination that orders were sent to.</summary>
public sealed record PersonErased
{
    /// <summary>The erasure; correlation id.</summary>
    public required Guid ErasureId { get; init; }

    /// <summary>The round that is answered.</summary>
    public required int Round { get; init; }

    /// <summary>Who answers: a queue-like name, for example <c>order-ingest</c> or <c>profile-store</c>.</summary>
    public required string Party { get; init; }

    /// <summary>How far it is.</summary>
    public required ErasureState State { get; init; }

    /// <summary>How many rows were overwritten or deleted in this round.</summary>
    public required long Rows { get; init; }

    /// <summary>When it answered, UTC.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>What a person should know or do; names nobody. Absent where there is nothing to say.</summary>
    public string? Detail { get; init; }

    /// <summary>Parties that answer for themselves later; absent where there are none.</summary>
    public IReadOnlyList<string>? Awaits { get; init; }

    /// <summary>From CustomerResolution: keys of the cards that were given. Absent from others.</summary>
    public IReadOnlyList<string>? CardKeys { get; init; }

    /// <summary>Says which erasure and who answers, never whose.</summary>
    public override string ToString() => $"PersonErased {{ erasure: {ErasureId}, round: {Round}, party: {Party}, state: {State} }}";
}
