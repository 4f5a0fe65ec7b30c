using OrderJourney.Journey;

namespace OrderJourney.KeepingCardNotices;

/// <summary>Notices about cards in a database, and the journeys they concern; every call is one round trip for many. One implementation per database.</summary>
internal interface ICardNoticeTable
{
    /// <summary>Keeps each notice unless a later one is kept, and answers the one that is kept for each card. No card occurs twice.</summary>
    Task<IReadOnlyDictionary<string, CardNotice>> Keep(IReadOnlyList<CardNotice> notices, CancellationToken cancellationToken);

    /// <summary>The notices that are kept for these cards.</summary>
    Task<IReadOnlyDictionary<string, CardNotice>> Find(IReadOnlyCollection<string> cardKeys, CancellationToken cancellationToken);

    /// <summary>For each part asked for, the journeys a notice concerns: those of its card that are not <see cref="JourneyState.Tracked"/>, and those tracked for another address.</summary>
    Task<IReadOnlyList<IReadOnlyList<Guid>>> Concerned(IReadOnlyList<PartOfJourneys> parts, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes notices that are older, the oldest first; answers how many.</summary>
    Task<int> DeleteOlder(DateTimeOffset than, int limit, CancellationToken cancellationToken);
}

/// <summary>Some of the journeys a notice concerns, by order id.</summary>
/// <param name="Notice">The notice.</param>
/// <param name="After">The last order id of the part before; all zeros for the first part.</param>
internal sealed record PartOfJourneys(CardNotice Notice, Guid After);
