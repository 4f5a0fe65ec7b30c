namespace CustomerResolution.OutdatingAnswers;

/// <summary>
/// Among the instances of this service: what was remembered of a card is out of date. No event for others, who have <c>LoyaltyCardRegistered</c>; on that topic
/// these queues would hide from the broker that the journey's is missing.
/// </summary>
internal sealed record CardAnswersOutdated
{
    /// <summary>The card's key.</summary>
    public required string CardKey { get; init; }

    /// <summary>Answers that were asked for before this moment, UTC, do not count.</summary>
    public required DateTimeOffset Before { get; init; }

    /// <summary>Shows no key.</summary>
    public override string ToString() => nameof(CardAnswersOutdated);
}
