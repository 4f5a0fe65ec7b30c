using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.CachingAnswers;

/// <summary>
/// A provider with a memory: an answer is kept for a while, and however many orders of one customer arrive at once, the provider is asked once.
/// An unusable answer is never kept.
/// </summary>
internal sealed class CustomerDirectory(ProviderSettings provider, ProviderClient client, TimeProvider time, CustomerResolutionMetrics metrics)
{
    private readonly AnswerCache _cache = new(provider.CacheSize, time);
    private readonly SingleFlight<Identifier, LookupAnswer> _flights = new();

    /// <summary>Whether customers can be asked for by this kind of identifier here.</summary>
    public bool Knows(IdentifierKind kind) => client.Knows(kind);

    /// <summary>Finds a customer; an answer that was asked for before <paramref name="notBefore"/> does not count.</summary>
    public async Task<LookupAnswer> Find(Identifier by, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        if (Remembered(by, notBefore) is { } known)
        {
            metrics.CacheAsked(provider.Name, known.Customer is null ? CacheAnswer.KnownMiss : CacheAnswer.Hit);
            return known;
        }
        var flight = _flights.Join(by, token => Ask(by, notBefore, token), cancellationToken);
        metrics.CacheAsked(provider.Name, flight.Started ? CacheAnswer.Absent : CacheAnswer.Joined);
        var answer = await flight.Result;
        // Who joined a flight that began too early sets out on one of its own.
        return !flight.Started && answer.AskedAt < notBefore ? await Find(by, notBefore, cancellationToken) : answer;
    }

    /// <summary>Forgets what is remembered.</summary>
    public void Forget(Identifier by) => _cache.Forget(by);

    private async Task<LookupAnswer> Ask(Identifier by, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        // Looked at again: an earlier flight may have landed between the caller's look into the cache and the start of this one.
        if (Remembered(by, notBefore) is { } known)
            return known;
        var answer = await client.Find(by, cancellationToken);
        if (answer.Outcome != LookupOutcome.Unavailable)
            _cache.Keep(by, answer, answer.Customer is null ? provider.CacheMissFor : provider.CacheFor);
        return answer;
    }

    private LookupAnswer? Remembered(Identifier by, DateTimeOffset? notBefore) =>
        _cache.TryGet(by, out var answer) && !(answer.AskedAt < notBefore) ? answer : null;
}
