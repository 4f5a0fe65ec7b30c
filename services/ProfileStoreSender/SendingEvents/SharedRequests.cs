using ProfileStoreSender.KeepingTheLedger;
using ServiceDefaults.GroupingCommits;

namespace ProfileStoreSender.SendingEvents;

/// <summary>
/// Claims and sends. A few requests are under way at a time; what becomes ready meanwhile shares the next one, so a lone order never waits for company
/// and a backlog travels in full requests. Each order is claimed by itself, right before its request leaves.
/// </summary>
internal sealed class SharedRequests : IAsyncDisposable
{
    /// <summary>Requests under way at a time, at most.</summary>
    internal const int RequestsAtOnce = 4;

    private readonly IDestination _destination;
    private readonly Ledger _ledger;
    private readonly TimeProvider _time;
    private readonly GroupCommit<EventToSend, SentEvent> _together;

    public SharedRequests(IDestination destination, Ledger ledger, TimeProvider time)
    {
        _destination = destination;
        (_ledger, _time) = (ledger, time);
        _together = new(SendTogether, destination.Options.BatchSize, RequestsAtOnce);
    }

    /// <summary>Sends once, if the ledger allows it.</summary>
    public async Task<SentEvent> Send(EventToSend toSend, CancellationToken cancellationToken) =>
        toSend.Alone ? (await SendTogether([toSend], cancellationToken))[0] : await _together.Add(toSend, cancellationToken);

    public ValueTask DisposeAsync() => _together.DisposeAsync();

    private async Task<IReadOnlyList<SentEvent>> SendTogether(IReadOnlyList<EventToSend> events, CancellationToken cancellationToken)
    {
        var sent = new SentEvent[events.Count];
        for (var first = 0; first < events.Count;)
        {
            var next = first + 1;
            for (var bytes = events[first].Event.Body.Length; next < events.Count && (bytes += events[next].Event.Body.Length) <= _destination.Limits.RequestBytes; next++) { }
            await SendRequest([.. Enumerable.Range(first, next - first)]);
            first = next;
        }
        return sent;

        async Task SendRequest(int[] which)
        {
            var claims = await Task.WhenAll(which.Select(i => _ledger.Claim(events[i].Claim, cancellationToken)));
            for (var i = 0; i < which.Length; i++)
                sent[which[i]] = new(claims[i], null, TimeSpan.Zero);
            var taken = which.Where(i => sent[i].Claim.Taken).ToArray();
            if (taken.Length == 0)
                return;
            var begun = _time.GetTimestamp();
            var answer = await _destination.Send([.. taken.Select(i => events[i].Event)], cancellationToken);
            foreach (var i in taken)
                sent[i] = sent[i] with { Answer = answer, Took = _time.GetElapsedTime(begun) };
        }
    }
}

/// <summary>An event on its way out.</summary>
/// <param name="Claim">What to ask the ledger for.</param>
/// <param name="Event">What is sent.</param>
/// <param name="Alone">True after a request with several events was refused.</param>
internal sealed record EventToSend(LedgerClaim Claim, BuiltEvent Event, bool Alone);

/// <summary>What came of it.</summary>
/// <param name="Claim">What the ledger said.</param>
/// <param name="Answer">What the destination said; null when the ledger did not allow sending.</param>
/// <param name="Took">How long the answer took.</param>
internal sealed record SentEvent(ClaimResult Claim, DestinationAnswer? Answer, TimeSpan Took);
