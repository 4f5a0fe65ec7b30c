using OrderIngest.JournalingOrders;
using ServiceDefaults.GroupingCommits;

namespace OrderIngest.ReceivingOrders;

/// <summary>
/// Lets messages of a queue that come at the same time share one insert. Apart from the requests' writes (<see cref="SharedJournalWrites"/>): a message waits for a
/// database that is away for as long as it takes, and no request shall wait behind it.
/// </summary>
internal sealed class QueuedWrites(IJournal journal) : IAsyncDisposable
{
    private const int Largest = 256;
    private readonly GroupCommit<JournalEntry, JournalAnswer> _commits = new(journal.Add, Largest);

    /// <summary>Answered after the commit.</summary>
    public Task<JournalAnswer> Add(JournalEntry entry, CancellationToken cancellationToken) => _commits.Add(entry, cancellationToken);

    public ValueTask DisposeAsync() => _commits.DisposeAsync();
}
