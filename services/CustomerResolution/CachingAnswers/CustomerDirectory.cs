using CustomerResolution.LookingUpCustomers;
using CustomerResolution.ResolvingCustomers;

namespace CustomerResolution.CachingAnswers;

/// <summary>
/// A provider with a memory: an answer is kept for a while, and however many orders of one card arrive at once, the provider is asked once.
/// An unusable answer is never kept.
/// </summary>
internal sealed class CustomerDirectory(ProviderSettings provider, ProviderClient client, TimeProvider time, CustomerResolutionMetrics metrics)
{
    private readonly AnswerCache _cache = new(provider.CacheSize, time);
    private readonly SingleFlight<string, (LookupAnswer Answer, bool Remembered)> _flights = new();

    /// <summary>Finds the holder of a card number that has been normalised.</summary>
    public async Task<LookupAnswer> Find(string card, KnownMisses misses, CancellationToken cancellationToken)
    {
        if (Remembered(card, misses) is { } known)
        {
            metrics.CacheAsked(provider.Name, known.Customer is null ? CacheAnswer.KnownMiss : CacheAnswer.Hit);
            return known;
        }
        var flight = _flights.Join(card, token => Ask(card, misses, token), cancellationToken);
        metrics.CacheAsked(provider.Name, flight.Started ? CacheAnswer.Absent : CacheAnswer.Joined);
        var (answer, remembered) = await flight.Result;
        // Who joined a flight that ended at a remembered miss, and wants none, sets out on a flight of its own.
        return remembered && answer.Customer is null && misses == KnownMisses.AskAgain ? await Find(card, misses, cancellationToken) : answer;
    }

    private async Task<(LookupAnswer Answer, bool Remembered)> Ask(string card, KnownMisses misses, CancellationToken cancellationToken)
    {
        // Looked at again: an earlier flight may have landed between the caller's look into the cache and the start of this one.
        if (Remembered(card, misses) is { } known)
            return (known, true);
        var answer = await client.Find(card, cancellationToken);
        if (answer.Outcome != LookupOutcome.Unavailable)
            _cache.Keep(card, answer, answer.Customer is null ? provider.CacheMissFor : provider.CacheFor);
        return (answer, false);
    }

    private LookupAnswer? Remembered(string card, KnownMisses misses) =>
        _cache.TryGet(card, out var answer) && (answer.Customer is not null || misses == KnownMisses.Count) ? answer : null;
}
