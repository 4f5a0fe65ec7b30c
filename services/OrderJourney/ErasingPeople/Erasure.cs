namespace OrderJourney.ErasingPeople;

/// <summary>One erasure as it is kept. Holds personal data until it is done: never logged, never shown.</summary>
internal sealed record Erasure
{
    /// <summary>Parties are asked and asked again.</summary>
    public const string Running = "running";

    /// <summary>Goes on once a person has done something.</summary>
    public const string NeedsAttention = "needsAttention";

    /// <summary>Nobody has anything of the person any more, this row included.</summary>
    public const string Done = "done";

    public required Guid Id { get; init; }

    public required string State { get; init; }

    /// <summary>What a person should know or do; names nobody.</summary>
    public string? Says { get; init; }

    /// <summary>Why, or a ticket's number, as the operator said.</summary>
    public string? Reason { get; init; }

    /// <summary>In its normal form; null while nobody knows it, and once it is done.</summary>
    public string? Email { get; init; }

    /// <summary>As given, or as scanned; empty once it is done.</summary>
    public IReadOnlyList<string> Cards { get; init; } = [];

    public IReadOnlyList<string> CardKeys { get; init; } = [];

    /// <summary>The round that was asked for last; 0 before the first.</summary>
    public required int Round { get; init; }

    /// <summary>How often this round was asked for again.</summary>
    public required int Attempts { get; init; }

    /// <summary>Goes up with every answer, so that one which arrives during a step is not overlooked.</summary>
    public required int Woken { get; init; }

    /// <summary>UTC, as all of these.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the last round began.</summary>
    public required DateTimeOffset RoundAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Says which, never whose.</summary>
    public override string ToString() => $"Erasure {{ {Id:D}, {State} }}";
}

/// <summary>How far one party is.</summary>
internal sealed record ErasureParty(string Party, string State, int Round, long Rows, string? Detail, DateTimeOffset? AnsweredAt);
