using Contracts.CustomerResolution;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.NormalisingIdentifiers;

namespace CustomerResolution.CachingAnswers;

/// <summary>
/// A provider with a memory: an answer is kept for a while, and however many orders of one customer arrive at once, the provider is asked once.
/// An unusable answer is never kept.
/// </summary>
internal sealed class CustomerDirectory
{
    // A card's key and a moment: some 5 MB when all are used.
    private const int CardsOutdated = 20_000;

    private readonly ProviderSettings _provider;
    private readonly ProviderClient _client;
    private readonly CustomerResolutionMetrics _metrics;
    private readonly AnswerCache _cache;
    private readonly SingleFlight<Identifier, Landed> _flights;
    private readonly OutdatedCards _outdated = new(CardsOutdated);

    public CustomerDirectory(ProviderSettings provider, ProviderClient client, TimeProvider time, CustomerResolutionMetrics metrics)
    {
        (_provider, _client, _metrics) = (provider, client, metrics);
        _cache = new(provider.CacheSize, provider.CacheMissSize, time);
        _flights = new(time, Keep);
    }

    /// <summary>Whether customers can be asked for by this kind of identifier here.</summary>
    public bool Knows(IdentifierKind kind) => _client.Knows(kind);

    /// <summary>Finds a customer; an answer that was asked for before <paramref name="notBefore"/> does not count.</summary>
    public Task<LookupAnswer> Find(Identifier by, DateTimeOffset? notBefore, CancellationToken cancellationToken) =>
        FindSince(by, by.Kind == IdentifierKind.LoyaltyCard ? _outdated.Later(notBefore, () => CardNumbers.KeyOf(by.Value)) : notBefore, cancellationToken);

    /// <summary>What was asked for before this moment, UTC, about the card with this key does not count any more.</summary>
    public void Outdate(string cardKey, DateTimeOffset before) => _outdated.Add(cardKey, before);

    /// <summary>The same for all cards.</summary>
    public void OutdateCards(DateTimeOffset before) => _outdated.AddAll(before);

    /// <summary>Forgets answers about these cards, and those that name this customer.</summary>
    public void Forget(string? customerKey, IReadOnlySet<string> cardKeys) => _cache.Forget((by, answer) =>
        (by.Kind == IdentifierKind.LoyaltyCard && cardKeys.Contains(CardNumbers.KeyOf(by.Value)))
        || (customerKey is not null && new[] { by.Kind == IdentifierKind.Email ? by.Value : null, answer.Customer?.Email, answer.Email }.Any(email => email is not null && CustomerKey.Of(email) == customerKey)));

    private async Task<LookupAnswer> FindSince(Identifier by, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        if (Remembered(by, notBefore) is { } known)
        {
            _metrics.CacheAsked(_provider.Name, known.Customer is null ? CacheAnswer.KnownMiss : CacheAnswer.Hit);
            return known;
        }
        var flight = _flights.Join(by, notBefore, token => Ask(by, notBefore, token), cancellationToken);
        _metrics.CacheAsked(_provider.Name, flight.Started ? CacheAnswer.Absent : CacheAnswer.Joined);
        var (answer, remembered) = await flight.Result;
        // Who joined a flight that ended at a remembered answer, and wants a later one, sets out on a flight of its own.
        return remembered && answer.AskedAt < notBefore ? await FindSince(by, notBefore, cancellationToken) : answer;
    }

    private async Task<Landed> Ask(Identifier by, DateTimeOffset? notBefore, CancellationToken cancellationToken) =>
        // Looked at again: an earlier flight may have landed between the caller's look into the cache and the start of this one.
        Remembered(by, notBefore) is { } known ? new(known, true) : new(AskedSince(notBefore, await _client.Find(by, cancellationToken)), false);

    private void Keep(Identifier by, Landed landed)
    {
        if (landed is { WasRemembered: false, Answer: { Outcome: not LookupOutcome.Unavailable } answer })
            _cache.Keep(by, answer, answer.Customer is null ? _provider.CacheMissFor : _provider.CacheFor);
    }

    // The moment has passed on whichever machine named it, even if this machine's clock is behind: what is asked for on its account was asked for after it.
    private static LookupAnswer AskedSince(DateTimeOffset? notBefore, LookupAnswer answer) =>
        answer.AskedAt < notBefore ? answer with { AskedAt = notBefore.Value } : answer;

    private LookupAnswer? Remembered(Identifier by, DateTimeOffset? notBefore) =>
        _cache.TryGet(by, out var answer) && !(answer.AskedAt < notBefore) ? answer : null;

    private readonly record struct Landed(LookupAnswer Answer, bool WasRemembered);
}
