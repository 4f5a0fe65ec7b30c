using ServiceDefaults.GroupingCommits;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.KeepingCardNotices;

/// <summary>
/// Notices about cards. Concurrent callers share statements; a database that is away is waited for, and meanwhile messages stay with the broker, unacknowledged.
/// </summary>
internal sealed class CardNotices : IAsyncDisposable
{
    /// <summary>Most journeys in one answer of <see cref="Concerned"/>: a shorter one is the last.</summary>
    public const int Part = 500;

    private const int LargestBatch = 256, MostDeleted = 500;

    private readonly ServiceDatabase _database;
    private readonly ICardNoticeTable _table;
    private readonly GroupCommit<CardNotice, CardNotice> _kept;
    private readonly GroupCommit<string, CardNotice?> _found;
    private readonly GroupCommit<PartOfJourneys, IReadOnlyList<Guid>> _concerned;

    public CardNotices([FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database, ICardNoticeTable table)
    {
        (_database, _table) = (database, table);
        _kept = new(KeepBatch, LargestBatch);
        _found = new(FindBatch, LargestBatch);
        _concerned = new((parts, token) => _database.Run(t => _table.Concerned(parts, Part, t), token), LargestBatch);
    }

    /// <summary>Keeps a notice unless a later one is kept; answers the one that is kept, after the commit.</summary>
    public Task<CardNotice> Keep(CardNotice notice, CancellationToken cancellationToken) => _kept.Add(notice, cancellationToken);

    /// <summary>The notice that is kept for this card, or null.</summary>
    public Task<CardNotice?> Find(string cardKey, CancellationToken cancellationToken) => _found.Add(cardKey, cancellationToken);

    /// <summary>Some of the journeys that this notice concerns, by order id.</summary>
    public Task<IReadOnlyList<Guid>> Concerned(CardNotice notice, Guid after, CancellationToken cancellationToken) => _concerned.Add(new(notice, after), cancellationToken);

    /// <summary>Deletes some of the notices that are older.</summary>
    public Task<int> DeleteOlder(DateTimeOffset than, CancellationToken cancellationToken) => _database.Run(token => _table.DeleteOlder(than, MostDeleted, token), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _kept.DisposeAsync();
        await _found.DisposeAsync();
        await _concerned.DisposeAsync();
    }

    private async Task<IReadOnlyList<CardNotice>> KeepBatch(IReadOnlyList<CardNotice> notices, CancellationToken cancellationToken)
    {
        // One statement cannot touch a row twice. Sorted, so that two processes never wait for each other's rows in a ring.
        var latest = notices.GroupBy(notice => notice.CardKey).Select(card => card.MaxBy(notice => notice.RegisteredAt)!).OrderBy(notice => notice.CardKey, StringComparer.Ordinal).ToList();
        var kept = await _database.Run(token => _table.Keep(latest, token), cancellationToken);
        return [.. notices.Select(notice => kept[notice.CardKey])];
    }

    private async Task<IReadOnlyList<CardNotice?>> FindBatch(IReadOnlyList<string> cardKeys, CancellationToken cancellationToken)
    {
        var found = await _database.Run(token => _table.Find(cardKeys.ToHashSet(), token), cancellationToken);
        return [.. cardKeys.Select(found.GetValueOrDefault)];
    }
}
